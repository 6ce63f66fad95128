// The menu of the selected rows, or of the folder where nothing is selected. Reads the action table like everything else.
import { useActions } from "../actions";
import { ContextMenu, type MenuEntry } from "../kit";
import { words } from "../words";

export type FolderMenuProps = {
  /** In CSS pixels of the page; null: closed. */
  at: { x: number; y: number } | null;
  selected: number;
  onClose: () => void;
};

export function FolderMenu({ at, selected, onClose }: FolderMenuProps) {
  const useful = useActions(
    selected === 1 ? ["open", "download", "moveTo", "copyTo"] : ["download", "moveTo", "copyTo"],
  );
  const cover = useActions(["chooseCover", "forgetCover"]);
  const harmful = useActions(["delete"]);
  // Away from the Upload button, the two say what they do.
  const uploads = useActions(["uploadFiles", "uploadFolder"]).map(({ id, icon, shortcut, run }) => ({
    id,
    icon,
    shortcut,
    run,
    label: id === "uploadFiles" ? words.listing.menuUploadFiles : words.listing.menuUploadFolder,
  }));
  const newFolder = useActions(["newFolder"]);
  const general = useActions(["selectAll", "refresh"]);
  const ofFolder = [...newFolder, ...uploads, ...general];
  const groups =
    selected > 0
      ? [group("use", useful), group("cover", cover), group("delete", harmful)]
      : [group("folder", ofFolder), group("cover", cover)];
  return (
    <ContextMenu
      at={at}
      onClose={onClose}
      label={words.listing.menu}
      groups={groups.filter(({ entries }) => entries.length > 0)}
    />
  );
}

function group(id: string, entries: MenuEntry[]) {
  return { id, entries };
}
