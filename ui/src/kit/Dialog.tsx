// A modal question or form: title, body, buttons at the right. Escape and a press outside close it.
import { type ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import styles from "./Dialog.module.css";

export type DialogProps = {
  isOpen: boolean;
  /** Also called for Escape. */
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons; the default one last. */
  footer?: ReactNode;
  /** alertdialog for questions that stop the person. */
  role?: "dialog" | "alertdialog";
  /** small 400 px, medium 520 px, large 680 px. */
  size?: "small" | "medium" | "large";
};

export function Dialog({ isOpen, onClose, title, children, footer, role = "dialog", size = "small" }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === "dialog"}
      className={styles.overlay}
    >
      <Modal className={`${styles.modal} ${styles[size]}`}>
        <AriaDialog role={role} className={styles.dialog}>
          <Heading slot="title" level={2} className={styles.title}>
            {title}
          </Heading>
          <div className={styles.body}>{children}</div>
          {footer && <div className={styles.footer}>{footer}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
