// The neighbours of the file on show, small, in the folder's order; a press goes there.
import { File, Image } from "lucide-react";
import { useState } from "react";
import { S3Image } from "../components";
import { visibleName } from "../format";
import type { Row, SpaceRef } from "../host";
import { words } from "../words";
import styles from "./Filmstrip.module.css";

export type FilmstripProps = {
  /** Rows from index `first` on; folders are left out by the caller. */
  rows: readonly Row[];
  first: number;
  /** Index of the file on show. */
  index: number;
  space: SpaceRef;
  onGo: (index: number) => void;
};

const EDGE = 64;

export function Filmstrip({ rows, first, index, space, onGo }: FilmstripProps) {
  return (
    <div role="group" aria-label={words.preview.filmstrip} className={styles.strip}>
      {rows.map((row, at) => (
        <button
          key={row.id}
          type="button"
          tabIndex={-1}
          aria-label={visibleName(row.name)}
          aria-current={first + at === index ? "true" : undefined}
          className={styles.frame}
          onClick={() => onGo(first + at)}
        >
          <Small row={row} space={space} />
        </button>
      ))}
    </div>
  );
}

function Small({ row, space }: { row: Row; space: SpaceRef }) {
  const [failed, setFailed] = useState<string | null>(null);
  if (row.media !== "image" || failed === row.etag) {
    const Mark = row.media === "image" ? Image : File;
    return <Mark aria-hidden size={18} strokeWidth={1.5} />;
  }
  return (
    <S3Image
      imgKey={row.key}
      level={space.level}
      identityId={space.owner ?? undefined}
      version={row.etag}
      size={EDGE}
      className={styles.picture}
      onError={() => setFailed(row.etag)}
    />
  );
}
