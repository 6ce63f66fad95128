// A failure inside a form or a dialog: the sentence, its hint, and the button that helps.
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { failureTable } from "../api";
import type { Failure } from "../host";
import styles from "./FailureNote.module.css";
import { OfferButton } from "./OfferButton";

const MARKS = { notice: Info, warning: TriangleAlert, error: CircleAlert };

export type FailureNoteProps = {
  failure: Failure;
  /** Does it again; without it nothing is offered that needs it. */
  onRetry?: () => void;
  /** Inside the sign-in dialog the offers are already there. */
  offers?: boolean;
};

export function FailureNote({ failure, onRetry, offers = true }: FailureNoteProps) {
  const { severity } = failureTable[failure.code];
  const Mark = MARKS[severity];
  return (
    <div role="alert" className={`${styles.note} ${styles[severity]}`}>
      <Mark aria-hidden size={16} className={styles.mark} />
      <div className={styles.words}>
        <p className={styles.message}>{failure.message}</p>
        {failure.hint && <p className={styles.hint}>{failure.hint}</p>}
        {offers && <OfferButton failure={failure} onRetry={onRetry} look="link" />}
      </div>
    </div>
  );
}
