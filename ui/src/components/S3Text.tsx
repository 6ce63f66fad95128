// A text of the storage: the first 64 KiB, as plain text whatever it claims to be.
import { type CSSProperties, useEffect } from "react";
import { toFailure } from "../api";
import { useLatest } from "../folder";
import imageStyles from "./S3Image.module.css";
import { useStorageDefaults } from "./StorageDefaults";
import { type Translate, translated } from "./translate";
import { useFileText } from "./useFileText";
import { type ItemProps, useItem } from "./useItem";

export type S3TextProps = ItemProps & {
  /** The key inside the level. Wins over `path` and `fileToKey`. */
  textKey?: string;
  /** Shown while there is nothing to read: before a picker was used, or while `body` is stored. */
  text?: string;
  /** The file's ETag, so that a changed file is fetched anew. */
  version?: string;
  /** Fetched, but not drawn. */
  hidden?: boolean;
  /** Drawn as selected. */
  selected?: boolean;
  /** Shown instead, or made from `{ type: "text", key, content }`, where content is the text. */
  translate?: Translate;
  /** Styles by part; `style` goes over `text`. */
  theme?: { text?: CSSProperties };
  style?: CSSProperties;
  className?: string;
  /** The text is there. */
  onLoad?: (text: string) => void;
  onClick?: () => void;
  /** The Angular set's event: the same as `onLoad`. */
  loaded?: (text: string) => void;
};

/** Renders nothing while there is no text and no picker. */
export function S3Text(props: S3TextProps) {
  const { textKey, text: before = "", version = "", hidden, selected, style, className } = props;
  const { onLoad, loaded, onError, onClick } = props;
  const defaults = useStorageDefaults();
  const { translate = defaults.translate, theme = defaults.theme } = props;
  const { space, key, again, track, picker } = useItem(props, {
    given: textKey,
    accept: "text/*",
    bodyType: "text/*",
  });
  const { text, error } = useFileText(space, key, { version, again, track });
  // Told once of each reading, however often whoever draws this makes new functions.
  const latest = useLatest({ onLoad, loaded, onError });
  const reading = JSON.stringify([space, key, version, again]);
  useEffect(() => {
    if (text === null) return;
    latest.current.onLoad?.(text);
    latest.current.loaded?.(text);
  }, [text, reading, latest]);
  useEffect(() => {
    if (error !== null) latest.current.onError?.(toFailure(error));
  }, [error, latest]);

  const shown = text !== null && key !== null ? translated(translate, { type: "text", key, content: text }) : before;
  const classes = [imageStyles.text, selected && imageStyles.selected, className];
  const drawn = shown !== "" && (
    <pre
      style={{ ...theme?.text, ...style, ...(hidden && { display: "none" }) }}
      className={classes.filter(Boolean).join(" ")}
      data-selectable
    >
      {shown}
    </pre>
  );
  const pressable =
    drawn && onClick ? (
      <button
        type="button"
        style={hidden ? { display: "none" } : undefined}
        className={imageStyles.button}
        onClick={onClick}
      >
        {drawn}
      </button>
    ) : (
      drawn
    );
  if (!picker) return pressable || null;
  return (
    <span className={imageStyles.withPicker}>
      {pressable}
      {picker}
    </span>
  );
}
