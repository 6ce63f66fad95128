// What a deletion could not do, told when it is over.
import type { NamedFailure } from "../host";
import { Button, Dialog } from "../kit";
import { FailedItems } from "../session";
import { words } from "../words";

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
      <FailedItems failed={failed.slice(0, LISTED)} count={failed.length} />
    </Dialog>
  );
}
