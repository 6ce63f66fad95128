// The small mark before a name: a thumbnail for pictures, else what kind of thing it is. Folders are muted: accent is for actions.
import {
  Archive,
  Braces,
  File,
  FileSpreadsheet,
  FileText,
  Film,
  Folder,
  Image as ImageIcon,
  type LucideIcon,
  Music,
} from "lucide-react";
import { createElement, useCallback, useEffect, useRef, useState } from "react";
import { letsGo, useHeld, useOnceMore } from "../components";
import { type Media, type Row, type SpaceRef, useHost } from "../host";
import styles from "./FileMark.module.css";

const MARKS: Record<Media, LucideIcon> = {
  folder: Folder,
  image: ImageIcon,
  text: FileText,
  video: Film,
  audio: Music,
  pdf: FileText,
  archive: Archive,
  other: File,
};

/** Rows that only rush by load no picture. */
const SETTLED = 120;

export type FileMarkProps = { row: Row; space: SpaceRef };

export function FileMark({ row, space }: FileMarkProps) {
  const host = useHost();
  const [settled, setSettled] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const isPicture = row.media === "image";
  useEffect(() => {
    if (!isPicture) return undefined;
    const timer = setTimeout(() => setSettled(true), SETTLED);
    return () => clearTimeout(timer);
  }, [isPicture]);

  const isDrawn = isPicture && settled && failed !== row.etag;
  const source = isDrawn ? host.fileUrl("thumb", space, row.key, { size: 128, version: row.etag }) : null;
  const { isAgain, missed } = useOnceMore(source, () => setFailed(row.etag));
  const place = useRef<HTMLImageElement>(null);
  const drawnRef = useCallback((element: HTMLImageElement) => {
    place.current = element;
    return letsGo(element);
  }, []);
  useHeld(source, shown === source, place);

  if (source !== null) {
    return (
      <img
        key={isAgain ? "again" : "first"}
        ref={drawnRef}
        src={source}
        alt=""
        draggable={false}
        className={styles.thumb}
        onLoad={() => setShown(source)}
        onError={missed}
      />
    );
  }
  return (
    <span aria-hidden className={styles.mark}>
      {createElement(markOf(row), { size: 17, strokeWidth: 1.75 })}
    </span>
  );
}

function markOf({ name, media }: Row): LucideIcon {
  if (media !== "text") return MARKS[media];
  if (/\.(csv|tsv)$/i.test(name)) return FileSpreadsheet;
  return /\.(json|xml|ya?ml|html?|css|[jt]sx?)$/i.test(name) ? Braces : FileText;
}
