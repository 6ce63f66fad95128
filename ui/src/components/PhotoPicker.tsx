// Lets a person pick photos and shows them: the original's PhotoPicker, and the Angular one's upload where it has a path.
import { Image as ImageIcon, Upload } from "lucide-react";
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from "react";
import { toFailure } from "../api";
import type { Failure } from "../host";
import { Button } from "../kit";
import { words } from "../words";
import { Picker } from "./Picker";
import styles from "./PhotoPicker.module.css";
import { type AnyFile, dataUrlOf, type Pick } from "./reading";
import { type PickedUploadProps, usePickedUpload } from "./usePickedUpload";

export type PhotoPickerProps = PickedUploadProps & {
  /** Above all. Default "Photos". */
  headerText?: string;
  /** Below the header. Default "Add your photos by clicking below". */
  headerHint?: string;
  /** On the button. Default "Select a Photo". */
  title?: string;
  /** Media types as in HTML; a hint only, nothing is checked. Default pictures. */
  accept?: string;
  /** Several photos may be picked, which the original could not. Default true. */
  multiple?: boolean;
  /** Shown before anything was picked. */
  previewSrc?: string;
  /** True: the photos are shown. "hidden": they are read but only said to be selected. Left out: they are not read. */
  preview?: boolean | "hidden";
  /** Told of each picked file: exactly `{ file, name, size, type }`. */
  onPick?: (pick: Pick) => void;
  /** Told each photo as a data: URL; only where `preview` is given. */
  onLoad?: (dataUrl: string) => void;
  /** The Angular set's event: told the file itself. */
  picked?: (file: AnyFile) => void;
  /** The Angular set's event: the same as `onLoad`. */
  loaded?: (dataUrl: string) => void;
  /** Told of all photos of one dialog at once. */
  onPickAll?: (picks: Pick[]) => void;
  /** Styles by part. */
  theme?: { photoPicker?: CSSProperties; photo?: CSSProperties };
  /** Stands between the photos and the buttons. */
  children?: ReactNode;
};

export function PhotoPicker(props: PhotoPickerProps) {
  const { headerText = words.components.photos, headerHint = words.components.photosHint } = props;
  const { title = words.components.selectPhoto, accept = "image/*", multiple = true, previewSrc } = props;
  const { preview, onPick, picked, path, theme, children } = props;
  const [files, setFiles] = useState<AnyFile[]>([]);
  const { urls, failure: unreadable } = useDataUrls(files, preview !== undefined && preview !== false, props);
  const [refused, setRefused] = useState<Failure | null>(null);
  const failure = refused ?? unreadable;
  const refuse = (why: Failure) => {
    setRefused(why);
    props.onError?.(why);
  };
  const { uploading, upload, dialog } = usePickedUpload(props);
  const uploadAll = async () => {
    setRefused(null);
    const { left, failure: why } = await upload(files);
    // What was picked meanwhile stays.
    setFiles((now) => (now === files ? left : now));
    setRefused(why);
  };

  const shown =
    preview === true ? (urls.length > 0 ? urls : previewSrc ? [{ id: 0, name: "", url: previewSrc }] : []) : [];
  const layout = `${styles.previews} ${shown.length > 1 ? styles.several : styles.one}`;
  return (
    <section className={styles.card} style={theme?.photoPicker} aria-label={headerText}>
      <h3 className={styles.header}>{headerText}</h3>
      <p className={styles.hint}>{headerHint}</p>
      {shown.length > 0 ? (
        <div className={layout}>
          {shown.map(({ id, name, url }) => (
            <img
              key={id}
              src={url}
              alt={words.components.previewOf(name)}
              className={styles.preview}
              style={theme?.photo}
            />
          ))}
        </div>
      ) : (
        <div className={styles.placeholder}>
          {files.length > 0 ? (
            <span role="status">{words.components.photoSelected}</span>
          ) : (
            <ImageIcon aria-hidden size={32} strokeWidth={1.25} />
          )}
        </div>
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
          onPick={onPick}
          picked={picked}
          onPickAll={(picks) => {
            setRefused(null);
            setFiles(picks.map(({ file }) => file));
            props.onPickAll?.(picks);
          }}
          onError={refuse}
        />
        {path !== undefined && files.length > 0 && (
          <Button look="primary" icon={<Upload />} isDisabled={uploading} onPress={() => void uploadAll()}>
            {uploading ? words.components.uploading : words.components.upload}
          </Button>
        )}
      </div>
      {dialog}
    </section>
  );
}

/** Two photos may be one and the same: their ids count up. */
type Shown = { id: number; name: string; url: string };

/** The photos as data: URLs, in their order; none while they are read. */
function useDataUrls(files: AnyFile[], wanted: boolean, { onLoad, loaded, onError }: PhotoPickerProps) {
  const [state, setState] = useState<{ of: AnyFile[]; urls: Shown[]; failure: Failure | null }>({
    of: files,
    urls: [],
    failure: null,
  });
  const told = useRef({ onLoad, loaded, onError });
  useEffect(() => {
    told.current = { onLoad, loaded, onError };
  });
  useEffect(() => {
    if (!wanted) return undefined;
    let current = true;
    const read = async (file: AnyFile) => {
      try {
        const url = await dataUrlOf(file);
        if (!current) return;
        setState((now) => ({
          of: files,
          failure: null,
          urls: withOne(now.of === files ? now.urls : [], file.name, url),
        }));
        told.current.onLoad?.(url);
        told.current.loaded?.(url);
      } catch (thrown) {
        if (!current) return;
        setState((now) => ({ of: files, urls: now.of === files ? now.urls : [], failure: toFailure(thrown) }));
        told.current.onError?.(toFailure(thrown));
      }
    };
    const all = async () => {
      // oxlint-disable-next-line no-await-in-loop -- in their order, and one picture in memory at a time
      for (const file of files) await read(file);
    };
    void all();
    return () => {
      current = false;
    };
  }, [files, wanted]);
  return state.of === files ? state : { urls: [], failure: null };
}

function withOne(urls: Shown[], name: string, url: string): Shown[] {
  return [...urls, { id: urls.length + 1, name, url }];
}
