// Above every page: history, where I am, who can read it; then search, views, upload — or what can be done with the selection.
import { PanelLeft } from "lucide-react";
import { Toolbar as AriaToolbar } from "react-aria-components";
import { useActions, useControlsNow } from "../actions";
import { Button, IconButton } from "../kit";
import { AudienceChip, usePlace } from "../place";
import { words } from "../words";
import { ActionButton } from "./ActionButton";
import { Breadcrumbs } from "./Breadcrumbs";
import { FolderTools } from "./FolderTools";
import styles from "./Toolbar.module.css";
import { useWidth, type Width } from "./useWidth";

export type ToolbarProps = {
  /** Shown where the sidebar is a sheet. */
  onOpenSidebar: (() => void) | null;
};

export function Toolbar({ onOpenSidebar }: ToolbarProps) {
  const { info, page } = usePlace();
  const width = useWidth();
  const selected = useControlsNow().folder?.selected ?? 0;
  return (
    <header className={styles.toolbar} data-region>
      {onOpenSidebar && (
        <IconButton label={words.frame.openSidebar} onPress={onOpenSidebar}>
          <PanelLeft />
        </IconButton>
      )}
      <ActionButton action="back" />
      <ActionButton action="forward" />
      <div className={styles.where}>
        {page === "albums" ? (
          <h1 className={styles.title}>{words.album.all}</h1>
        ) : (
          <>
            <Breadcrumbs most={width === "roomy" ? 4 : 2} />
            <AudienceChip audience={info.audience} short={width !== "roomy"} />
          </>
        )}
      </div>
      {page === "folder" && <Tools selected={selected} width={width} />}
    </header>
  );
}

function Tools({ selected, width }: { selected: number; width: Width }) {
  if (selected === 0) return <FolderTools width={width} />;
  return <SelectionTools count={selected} compact={width !== "roomy" && width !== "wide"} />;
}

function SelectionTools({ count, compact }: { count: number; compact: boolean }) {
  const actions = useActions(["download", "moveTo", "delete"]);
  return (
    <AriaToolbar aria-label={words.frame.selectionActions} className={styles.tools}>
      <span className={styles.count}>{words.frame.selected(count)}</span>
      {actions.map((action) =>
        compact ? (
          <ActionButton key={action.id} action={action.id} />
        ) : (
          <Button key={action.id} look="quiet" icon={action.icon} onPress={action.run}>
            {action.label}
          </Button>
        ),
      )}
      <ActionButton action="clearSelection" />
    </AriaToolbar>
  );
}
