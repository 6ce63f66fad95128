// A text of the storage: the first 64 KiB, as plain text whatever it claims to be.
import { type CSSProperties, useEffect } from "react";
import { toFailure } from "../api";
import type { Failure, Level } from "../host";
import { useFileText } from "./useFileText";

export type S3TextProps = {
  /** The key inside the level. */
  textKey?: string;
  /** Alone, it is read as a key, as in the original. */
  path?: string;
  /** Default "public". */
  level?: Level;
  /** Whose protected files; default: mine. */
  identityId?: string;
  /** The file's ETag, so that a changed file is fetched anew. */
  version?: string;
  /** Fetched, but not drawn. */
  hidden?: boolean;
  style?: CSSProperties;
  className?: string;
  /** The text is there. */
  onLoad?: (text: string) => void;
  /** The text can't be read. */
  onError?: (failure: Failure) => void;
};

/** Renders nothing while there is no text. */
export function S3Text(props: S3TextProps) {
  const {
    textKey,
    path,
    level = "public",
    identityId,
    version = "",
    hidden,
    style,
    className,
    onLoad,
    onError,
  } = props;
  const { text, error } = useFileText({ level, owner: identityId ?? null }, textKey || path || null, version);
  useEffect(() => {
    if (text !== null) onLoad?.(text);
  }, [text, onLoad]);
  useEffect(() => {
    if (error !== null) onError?.(toFailure(error));
  }, [error, onError]);
  if (!text) return null;
  return (
    <pre hidden={hidden} style={style} className={className} data-selectable>
      {text}
    </pre>
  );
}
