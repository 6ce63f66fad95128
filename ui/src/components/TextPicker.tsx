// Lets a person pick texts and shows them: the original's TextPicker.
import { FileText } from "lucide-react";
import { type CSSProperties, useState } from "react";
import { toFailure } from "../api";
import type { Failure } from "../host";
import { words } from "../words";
import styles from "./PhotoPicker.module.css";
import { Picker } from "./Picker";
import { type AnyFile, type Pick, textOf } from "./reading";

export type TextPickerProps = {
  /** On the button. Default "Pick a File". */
  title?: string;
  /** Media types as in HTML; a hint only. Default texts. */
  accept?: string;
  /** Several texts may be picked; each is loaded, the last one is shown. Default true. */
  multiple?: boolean;
  /** Shown before anything was picked. */
  previewText?: string;
  /** True: the text is shown. "hidden": it is there but not drawn. Left out: it is not read. */
  preview?: boolean | "hidden";
  /** Told of each picked file: exactly `{ file, name, size, type }`. */
  onPick?: (pick: Pick) => void;
  /** Told each text; only where `preview` is given. */
  onLoad?: (text: string) => void;
  /** The dialog did not open, or a text can't be read. */
  onError?: (failure: Failure) => void;
  /** The Angular set's event: told the file itself. */
  picked?: (file: AnyFile) => void;
  /** The Angular set's event: the same as `onLoad`. */
  loaded?: (text: string) => void;
  /** Styles by part. */
  theme?: { textPicker?: CSSProperties; text?: CSSProperties };
};

export function TextPicker(props: TextPickerProps) {
  const { title = words.components.pickFile, accept = "text/*", multiple = true, previewText = "", preview } = props;
  const { onPick, onLoad, onError, picked, loaded, theme } = props;
  const [text, setText] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const refuse = (why: Failure) => {
    setFailure(why);
    onError?.(why);
  };
  const load = async (picks: Pick[]) => {
    setFailure(null);
    if (!preview) return;
    for (const { file } of picks) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- in their order
        const read = await textOf(file);
        setText(read);
        onLoad?.(read);
        loaded?.(read);
      } catch (thrown) {
        refuse(toFailure(thrown));
      }
    }
  };
  const shown = text ?? previewText;
  return (
    <section className={styles.card} style={theme?.textPicker} aria-label={title}>
      {preview && shown && (
        <pre
          data-selectable
          className={styles.text}
          style={{ ...theme?.text, ...(preview === "hidden" && { display: "none" }) }}
        >
          {shown}
        </pre>
      )}
      {failure && (
        <p role="alert" className={styles.error}>
          {failure.message}
        </p>
      )}
      <div className={styles.buttons}>
        <Picker
          title={title}
          accept={accept}
          multiple={multiple}
          icon={<FileText />}
          onPick={onPick}
          picked={picked}
          onPickAll={(picks) => void load(picks)}
          onError={refuse}
        />
      </div>
    </section>
  );
}
