// The right half of the toolbar without a selection: search, views, New folder, Upload.
import { ChevronDown, Images, LayoutGrid, List, Upload } from "lucide-react";
import { useAction, useActions } from "../actions";
import { Button, Menu, SegmentedControl } from "../kit";
import { useFolderView, usePlace } from "../place";
import { words } from "../words";
import { ActionButton } from "./ActionButton";
import styles from "./FolderTools.module.css";
import { SearchBox } from "./SearchBox";
import type { Width } from "./useWidth";

export function FolderTools({ width }: { width: Width }) {
  const { info } = usePlace();
  // The place offers an account instead: here nothing can be searched, shown or added.
  if (info.access === "needsAccount") return null;
  const wide = width === "wide" || width === "roomy";
  return (
    <div role="group" aria-label={words.frame.toolbar} className={styles.tools}>
      <SearchBox compact={!wide} />
      <ViewSwitch />
      {wide && <ActionButton action="newFolder" />}
      <UploadMenu withNewFolder={!wide} />
    </div>
  );
}

function ViewSwitch() {
  const { view, setView } = useFolderView();
  const [list, grid, album] = [useAction("viewList"), useAction("viewGrid"), useAction("viewAlbum")];
  return (
    <SegmentedControl
      label={words.frame.view}
      value={view}
      onChange={setView}
      segments={[
        { id: "list", label: list.label, icon: <List />, shortcut: list.shortcut },
        { id: "grid", label: grid.label, icon: <LayoutGrid />, shortcut: grid.shortcut },
        { id: "album", label: album.label, icon: <Images />, shortcut: album.shortcut },
      ]}
    />
  );
}

function UploadMenu({ withNewFolder }: { withNewFolder: boolean }) {
  const entries = useActions(
    withNewFolder ? ["uploadFiles", "uploadFolder", "newFolder"] : ["uploadFiles", "uploadFolder"],
  );
  return (
    <Menu
      label={words.frame.uploadMenu}
      groups={[{ id: "upload", entries }]}
      trigger={
        <Button look="primary" isDisabled={entries.length === 0} icon={<Upload />} after={<ChevronDown />}>
          {words.frame.upload}
        </Button>
      }
    />
  );
}
