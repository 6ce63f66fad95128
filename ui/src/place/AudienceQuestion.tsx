// "Upload 12 items to Public?" – asked before more people could see files than the person may expect. Whoever asks brings the
// ways to go on.
import type { ReactNode } from "react";
import type { Audience } from "../host";
import { Button, Dialog } from "../kit";
import { words } from "../words";
import { AudienceChip } from "./AudienceChip";
import styles from "./AudienceQuestion.module.css";

export type AudienceQuestionProps = {
  title: string;
  /** Who would see them; null: that was agreed to before. */
  audience: Audience | null;
  /** How many files. */
  count: number;
  /** The buttons that go on, the likeliest last. */
  actions: ReactNode;
  onCancel: () => void;
  /** What else is asked. */
  children?: ReactNode;
};

export function AudienceQuestion({ title, audience, count, actions, onCancel, children }: AudienceQuestionProps) {
  return (
    <Dialog
      isOpen
      onClose={onCancel}
      role="alertdialog"
      size="medium"
      title={title}
      footer={
        <>
          <Button autoFocus onPress={onCancel}>
            {words.upload.cancel}
          </Button>
          {actions}
        </>
      }
    >
      {audience && (
        <>
          <p>{words.upload.consentText[audience](count)}</p>
          <span className={styles.chip}>
            <AudienceChip audience={audience} />
          </span>
        </>
      )}
      {children}
    </Dialog>
  );
}
