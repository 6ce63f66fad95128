// The menu of the selected transfers. Reads the action table like everything else.
import { useActions } from "../actions";
import { ContextMenu } from "../kit";
import { words } from "../words";

export type TransferMenuProps = {
  /** In CSS pixels of the page; null: closed. */
  at: { x: number; y: number } | null;
  onClose: () => void;
};

export function TransferMenu({ at, onClose }: TransferMenuProps) {
  const helpful = useActions(["transferDecide", "transferSignIn", "transferShow", "transferRetry", "transferReport"]);
  const going = useActions(["transferResume", "transferPause"]);
  const line = useActions(["transferFirst", "transferSooner", "transferLater", "transferLast"]);
  const away = useActions(["transferCancel", "transferClear"]);
  const groups = [
    { id: "help", entries: helpful },
    { id: "going", entries: going },
    { id: "line", entries: line },
    { id: "away", entries: away },
  ];
  return (
    <ContextMenu
      at={at}
      onClose={onClose}
      label={words.transfers.menu}
      groups={groups.filter(({ entries }) => entries.length > 0)}
    />
  );
}
