// "Delete 3 items forever?" — a question with a sentence and two buttons; the focus starts on Cancel when something is lost.
import { Button } from "./Button";
import { Dialog } from "./Dialog";

export type ConfirmDialogProps = {
  isOpen: boolean;
  title: string;
  text: string;
  confirm: string;
  cancel: string;
  /** The confirmed thing cannot be undone. */
  danger?: boolean;
  /** While the answer is carried out, the buttons wait. */
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, title, text, confirm, cancel, danger = false, busy = false, onConfirm, onClose } = props;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      role="alertdialog"
      footer={
        <>
          <Button autoFocus={danger} onPress={onClose}>
            {cancel}
          </Button>
          <Button look={danger ? "danger" : "primary"} autoFocus={!danger} isDisabled={busy} onPress={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}
