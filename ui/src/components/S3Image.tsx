// A picture of the storage. The address is made by the host; the page sees bytes, never a signed link.
import { type CSSProperties, useState } from "react";
import { type Level, useHost } from "../host";
import styles from "./S3Image.module.css";

export type S3ImageProps = {
  /** The key inside the level. */
  imgKey?: string;
  /** Alone, it is read as a key, as in the original. */
  path?: string;
  /** Default "public". */
  level?: Level;
  /** Whose protected files; default: mine. */
  identityId?: string;
  /** Said to screen readers; "" where the name stands beside it. */
  alt?: string;
  /** Longest edge of a thumbnail in CSS pixels; without it the picture comes in the size of a screen. */
  size?: number;
  /** The file's ETag, so that a changed file is fetched anew. */
  version?: string;
  /** Fetched, but not drawn. */
  hidden?: boolean;
  /** Drawn as selected. */
  selected?: boolean;
  style?: CSSProperties;
  className?: string;
  /** The picture is there; told its address. */
  onLoad?: (url: string) => void;
  /** The picture can't be shown; told its address. */
  onError?: (url: string) => void;
  onClick?: () => void;
};

/** Thumbnails are made for these edges, in device pixels. */
const EDGES = [128, 256, 512] as const;

export function S3Image(props: S3ImageProps) {
  const { imgKey, path, level = "public", identityId, alt = "", size, version = "", hidden, selected } = props;
  const { style, className, onLoad, onError, onClick } = props;
  const host = useHost();
  const key = imgKey || path;
  const url =
    key &&
    host.fileUrl(size ? "thumb" : "picture", { level, owner: identityId ?? null }, key, {
      version,
      ...(size && { size: edgeFor(size) }),
    });
  const [loaded, setLoaded] = useState<string | null>(null);
  if (!url) return null;
  const classes = [styles.image, loaded !== url && styles.loading, selected && styles.selected, className];
  const image = (
    <img
      src={url}
      alt={alt}
      hidden={hidden}
      draggable={false}
      decoding="async"
      style={style}
      className={classes.filter(Boolean).join(" ")}
      onLoad={() => {
        setLoaded(url);
        onLoad?.(url);
      }}
      onError={() => onError?.(url)}
    />
  );
  if (!onClick) return image;
  return (
    <button type="button" className={styles.button} onClick={onClick}>
      {image}
    </button>
  );
}

function edgeFor(size: number): number {
  const wanted = size * Math.min(2, globalThis.devicePixelRatio || 1);
  return EDGES.find((edge) => edge >= wanted) ?? 512;
}
