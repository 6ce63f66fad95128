// A button that lets a person pick files: the original's Picker.
import { FolderOpen } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import type { Failure } from "../host";
import { Button } from "../kit";
import { words } from "../words";
import styles from "./Picker.module.css";
import { type AnyFile, type Pick, pickOf } from "./reading";
import { usePick } from "./usePick";

export type PickerProps = {
  /** On the button, and the title of the system's dialog. Default "Pick a File". */
  title?: string;
  /** Media types as in HTML; a hint only. Default all. */
  accept?: string;
  /** Several files may be picked, which the original could not. Default true. */
  multiple?: boolean;
  /** Told of each picked file: exactly `{ file, name, size, type }`. Not called when nothing was picked. */
  onPick?: (pick: Pick) => void;
  /** The Angular set's event: told the file itself. */
  picked?: (file: AnyFile) => void;
  /** Told of all files of one dialog at once. */
  onPickAll?: (picks: Pick[]) => void;
  /** The dialog did not open. */
  onError?: (failure: Failure) => void;
  /** Styles by part. */
  theme?: { picker?: CSSProperties };
  /** Stands before the words in place of the folder. */
  icon?: ReactNode;
  /** The one action that matters here. */
  primary?: boolean;
};

export function Picker(props: PickerProps) {
  const { title = words.components.pickFile, accept = "*/*", multiple = true, onError, theme, primary } = props;
  const { onPick, picked, onPickAll, icon = <FolderOpen /> } = props;
  const onFiles = (files: AnyFile[]) => {
    const picks = files.map(pickOf);
    for (const pick of picks) {
      onPick?.(pick);
      picked?.(pick.file);
    }
    onPickAll?.(picks);
  };
  const { open, input } = usePick({ title, accept, several: multiple, onFiles, onError });
  return (
    <span className={styles.picker} style={theme?.picker}>
      {input}
      <Button look={primary ? "primary" : "plain"} icon={icon} onPress={open}>
        {title}
      </Button>
    </span>
  );
}
