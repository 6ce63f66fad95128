// Lets a person pick texts and shows them: the original's TextPicker, and an upload as the PhotoPicker's where it has a path.
import { FileText, Upload } from "lucide-react";
import { type CSSProperties, type ReactNode, useRef, useState } from "react";
import { toFailure } from "../api";
import type { Failure } from "../host";
import { Button } from "../kit";
import { words } from "../words";
import styles from "./PhotoPicker.module.css";
import { Picker } from "./Picker";
import { type AnyFile, type Pick, textOf } from "./reading";
import { type PickedUploadProps, usePickedUpload } from "./usePickedUpload";

export type TextPickerProps = PickedUploadProps & {
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
  /** The Angular set's event: told the file itself. */
  picked?: (file: AnyFile) => void;
  /** The Angular set's event: the same as `onLoad`. */
  loaded?: (text: string) => void;
  /** Told of all texts of one dialog at once. */
  onPickAll?: (picks: Pick[]) => void;
  /** Styles by part. */
  theme?: { textPicker?: CSSProperties; text?: CSSProperties };
  /** Stands between the text and the buttons. */
  children?: ReactNode;
};

export function TextPicker(props: TextPickerProps) {
  const { title = words.components.pickFile, accept = "text/*", multiple = true, previewText = "", preview } = props;
  const { onPick, onLoad, onError, picked, loaded, path, theme, children } = props;
  const [files, setFiles] = useState<AnyFile[]>([]);
  const [text, setText] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const refuse = (why: Failure) => {
    setFailure(why);
    onError?.(why);
  };
  const { uploading, upload, dialog } = usePickedUpload(props);
  const uploadAll = async () => {
    setFailure(null);
    const { left, failure: why } = await upload(files);
    // What was picked meanwhile stays.
    setFiles((now) => (now === files ? left : now));
    setFailure(why);
  };
  const loads = useRef(0);
  const load = async (picks: Pick[]) => {
    loads.current += 1;
    const mine = loads.current;
    setFailure(null);
    setFiles(picks.map(({ file }) => file));
    if (!preview) return;
    for (const { file } of picks) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- in their order
        const read = await textOf(file);
        // Others were picked while it was read.
        if (loads.current !== mine) return;
        setText(read);
        onLoad?.(read);
        loaded?.(read);
      } catch (thrown) {
        if (loads.current !== mine) return;
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
      {children}
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
          onPickAll={(picks) => {
            void load(picks);
            props.onPickAll?.(picks);
          }}
          onError={refuse}
        />
        {path !== undefined && files.length > 0 && (
          <Button look="primary" icon={<Upload />} isDisabled={uploading} onPress={() => void uploadAll()}>
            {uploading ? words.components.uploading : words.components.uploadText}
          </Button>
        )}
      </div>
      {dialog}
    </section>
  );
}
