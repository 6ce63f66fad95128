// What a batch could not do: every name with its reason, none cut off.
import { visibleName } from "../format";
import type { NamedFailure } from "../host";
import { Button, Dialog } from "../kit";
import { words } from "../words";
import styles from "./FailedList.module.css";

/** More are counted, not listed. */
const LISTED = 50;

export type FailedListProps = { failed: readonly NamedFailure[]; onClose: () => void };

export function FailedList({ failed, onClose }: FailedListProps) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      size="medium"
      title={words.listing.notDeleted(failed.length)}
      footer={
        <Button autoFocus onPress={onClose}>
          {words.listing.close}
        </Button>
      }
    >
      <ul className={styles.list} data-selectable>
        {failed.slice(0, LISTED).map(({ name, failure }) => (
          <li key={name}>
            <strong className={styles.name}>{visibleName(name)}</strong>
            <p>
              {failure.message} {failure.hint}
            </p>
          </li>
        ))}
        {failed.length > LISTED && <li>{words.listing.andMore(failed.length - LISTED)}</li>}
      </ul>
    </Dialog>
  );
}
