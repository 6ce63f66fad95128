// The window once a storage is open: sidebar, toolbar, banners, the folder, transfers.
import { type ReactNode, useRef, useState } from "react";
import { Modal, ModalOverlay, Dialog } from "react-aria-components";
import { SessionBanners } from "../session";
import { words } from "../words";
import styles from "./Frame.module.css";
import { Sidebar } from "./Sidebar";
import { Toolbar } from "./Toolbar";
import { useFooterHeight } from "./useFooterHeight";
import { useWidth } from "./useWidth";

export type FrameProps = {
  /** What fills the window under the toolbar. */
  children: ReactNode;
  /** The line and drawer at the bottom. */
  footer: ReactNode;
};

export function Frame({ children, footer }: FrameProps) {
  const width = useWidth();
  const [sheet, setSheet] = useState(false);
  const bottom = useRef<HTMLDivElement>(null);
  useFooterHeight(bottom);
  const inSheet = width === "tiny";
  return (
    <div className={inSheet ? `${styles.frame} ${styles.single}` : styles.frame}>
      {!inSheet && <Sidebar />}
      <main className={styles.main}>
        <Toolbar onOpenSidebar={inSheet ? () => setSheet(true) : null} />
        <SessionBanners />
        <div className={styles.content} data-region>
          {children}
        </div>
        <div ref={bottom} className={styles.footer} data-region>
          {footer}
        </div>
      </main>
      <ModalOverlay isOpen={inSheet && sheet} onOpenChange={setSheet} isDismissable className={styles.overlay}>
        <Modal className={styles.sheet}>
          <Dialog aria-label={words.place.places} className={styles.sheetDialog}>
            <Sidebar onChoose={() => setSheet(false)} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </div>
  );
}
