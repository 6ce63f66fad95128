// "Delete 3 items forever?" Counts what is inside of folders first, deletes, and names everything that could not be deleted.
import { useEffect, useState } from "react";
import { toFailure, useCommand } from "../api";
import { formatSize } from "../format";
import { type BatchReport, type Selection, type SelectionSummary, useHost } from "../host";
import { Button, Dialog, toast } from "../kit";
import { FailureNote } from "../session";
import { words } from "../words";
import { FailedList } from "./FailedList";

export type DeleteDialogProps = {
  selection: Selection;
  /** How many rows are selected. */
  count: number;
  /** The name, where it is one row. */
  name: string | null;
  /** There are folders among them, so that their files are counted. */
  folders: boolean;
  onDone: () => void;
  onClose: () => void;
};

export function DeleteDialog({ selection, count, name, folders, onDone, onClose }: DeleteDialogProps) {
  const host = useHost();
  const { busy, failure, run } = useCommand();
  const [summary, setSummary] = useState<SelectionSummary | null>(null);
  const [counted, setCounted] = useState(!folders);
  const [report, setReport] = useState<BatchReport | null>(null);

  useEffect(() => {
    if (!folders) return undefined;
    let current = true;
    host.commands
      .selectionSummary(selection)
      .then((found) => current && setSummary(found))
      // Not knowing how many is no reason not to ask.
      .catch((thrown: unknown) => toFailure(thrown))
      .finally(() => current && setCounted(true));
    return () => {
      current = false;
    };
  }, [host, selection, folders]);

  const remove = async () => {
    const done = await run(() => host.commands.deleteSelection(selection));
    if (!done) return;
    onDone();
    if (done.failed.length > 0) return setReport(done);
    toast({ text: done.queued > 0 ? words.listing.deletedAndQueued : words.listing.deleted(done.done) });
    onClose();
  };

  if (report) return <FailedList failed={report.failed} onClose={onClose} />;
  const text = summary
    ? words.listing.deleteFolders(summary.files, formatSize(summary.bytes))
    : counted
      ? words.listing.deleteText
      : words.listing.deleteCounting;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      title={name === null ? words.listing.deleteQuestion(count) : words.listing.deleteOneQuestion(name)}
      footer={
        <>
          <Button autoFocus onPress={onClose}>
            {words.listing.cancel}
          </Button>
          <Button look="danger" isDisabled={busy} onPress={() => void remove()}>
            {busy ? words.listing.deleting : words.listing.deleteForever}
          </Button>
        </>
      }
    >
      <p>{text}</p>
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
