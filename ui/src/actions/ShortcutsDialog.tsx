// Ctrl+/ lists every shortcut, straight from the action table.
import { Button, Dialog } from "../kit";
import { words } from "../words";
import { combinations, written } from "./shortcut";
import styles from "./ShortcutsDialog.module.css";
import { type ActionId, actionIds, actionOf } from "./table";

export type ShortcutsDialogProps = { isOpen: boolean; onClose: () => void; isMac: boolean };

export function ShortcutsDialog({ isOpen, onClose, isMac }: ShortcutsDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={words.frame.shortcuts}
      size="large"
      footer={
        <Button autoFocus onPress={onClose}>
          {words.frame.done}
        </Button>
      }
    >
      <dl className={styles.list}>
        {actionRows(isMac).map(({ keys, what }) => (
          <ShortcutRow key={what} keys={keys} what={what} />
        ))}
      </dl>
      <h3 className={styles.heading}>{words.frame.shortcutsOfLists}</h3>
      <dl className={styles.list}>
        {words.listKeys.map(({ keys, what }) => (
          <ShortcutRow key={what} keys={keys} what={what} />
        ))}
      </dl>
    </Dialog>
  );
}

function ShortcutRow({ keys, what }: { keys: string; what: string }) {
  return (
    <div className={styles.row}>
      <dt>{what}</dt>
      <dd>
        <kbd className={styles.keys}>{keys}</kbd>
      </dd>
    </div>
  );
}

/** Where a label leans on the menu around it. */
const LONG_LABELS: Partial<Record<ActionId, string>> = {
  uploadFiles: words.actions.uploadFilesLong,
  viewList: words.actions.viewListLong,
  viewGrid: words.actions.viewGridLong,
  viewAlbum: words.actions.viewAlbumLong,
};

function actionRows(isMac: boolean): { keys: string; what: string }[] {
  return actionIds.flatMap((id) => {
    const { shortcuts, label } = actionOf(id);
    const all = shortcuts ? combinations(shortcuts, isMac) : [];
    if (all.length === 0) return [];
    return { keys: all.map((shortcut) => written(shortcut, isMac)).join("  "), what: LONG_LABELS[id] ?? label };
  });
}
