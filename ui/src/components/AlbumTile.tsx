// One tile: a picture, the first lines of a text, or what kind of file it is. Hover and focus show its name and the check circle.
import { Archive, Check, File, FileText, Film, Folder, Image as ImageIcon, type LucideIcon, Music } from "lucide-react";
import { memo, type ReactNode, useState } from "react";
import { rowMark } from "../folder";
import { formatDate, kindOf, splitName, visibleName } from "../format";
import type { Media, Row, SpaceRef } from "../host";
import { words } from "../words";
import type { AlbumGridProps } from "./AlbumGrid";
import styles from "./AlbumTile.module.css";
import { S3Image } from "./S3Image";
import { S3Text } from "./S3Text";

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

/** About the width of a tile, for choosing the thumbnail. */
const USUAL_EDGE = 240;

export type AlbumTileProps = Pick<AlbumGridProps, "onPress" | "onSelect" | "onMenu" | "selecting"> & {
  row: Row;
  id: string;
  index: number;
  space: SpaceRef;
  now: number;
  /** Thumbnails are fetched for this edge in CSS pixels. */
  edge?: number;
  /** In place of what the tile would show: a folder with its cover. */
  children?: ReactNode;
  selected: boolean;
  isFocused: boolean;
  dropTarget: string | undefined;
};

export const AlbumTile = memo(function AlbumTile(props: AlbumTileProps) {
  const { row, id, index, space, now, edge = USUAL_EDGE, selected, isFocused, selecting } = props;
  const { onPress, onSelect, onMenu, dropTarget } = props;
  const name = visibleName(row.name);
  const label = words.album.tile(name, row.modified === null ? "" : formatDate(row.modified, now));
  const classes = [styles.tile, selected && styles.selected, isFocused && styles.focused];
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid has the keys
    <div
      role="gridcell"
      id={id}
      aria-label={label}
      aria-selected={onSelect ? selected : undefined}
      className={classes.filter(Boolean).join(" ")}
      data-row={rowMark(row)}
      data-drop-target={dropTarget}
      onClick={(event) => {
        const how = { range: event.shiftKey, toggle: event.ctrlKey || event.metaKey };
        if (onSelect && (how.range || how.toggle || (selecting && row.kind === "file"))) {
          onSelect(row, index, { range: how.range, toggle: true });
        } else onPress(row, index);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu?.(row, index, { x: event.clientX, y: event.clientY });
      }}
    >
      {props.children ?? <Inside row={row} space={space} edge={edge} />}
      {onSelect && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={selected ? words.album.unselect(name) : words.album.select(name)}
          className={styles.check}
          onClick={(event) => {
            event.stopPropagation();
            onSelect(row, index, { toggle: true, range: event.shiftKey });
          }}
        >
          {selected && <Check aria-hidden size={14} strokeWidth={2.5} />}
        </button>
      )}
    </div>
  );
});

function Inside({ row, space, edge }: { row: Row; space: SpaceRef; edge: number }) {
  const [broken, setBroken] = useState<string | null>(null);
  const { level, owner } = space;
  const identityId = owner ?? undefined;
  const Mark = MARKS[row.media];
  if (row.kind === "folder") {
    return (
      <span className={styles.room}>
        <span className={styles.folder}>
          <Folder aria-hidden size={18} strokeWidth={1.75} />
          <Name name={row.name} />
        </span>
      </span>
    );
  }
  if (row.media === "image" && broken !== row.etag) {
    return (
      <>
        <S3Image
          imgKey={row.key}
          level={level}
          identityId={identityId}
          version={row.etag}
          size={edge}
          firstLook
          className={styles.picture}
          onError={() => setBroken(row.etag)}
        />
        <span aria-hidden className={styles.caption}>
          <Name name={row.name} />
        </span>
      </>
    );
  }
  if (row.media === "text") {
    return (
      <span className={styles.room}>
        <span className={styles.paper}>
          <span className={styles.excerpt}>
            <S3Text
              textKey={row.key}
              level={level}
              identityId={identityId}
              version={row.etag}
              className={styles.text}
            />
          </span>
          <Name name={row.name} />
        </span>
      </span>
    );
  }
  const kind = kindOf(row.name, row.media);
  return (
    <span className={styles.room}>
      <span className={styles.generic}>
        <Mark aria-hidden size={28} strokeWidth={1.5} />
        <span className={styles.kind}>{row.media === "image" ? words.components.noPreview(kind) : kind}</span>
        <Name name={row.name} />
      </span>
    </span>
  );
}

function Name({ name }: { name: string }) {
  const { head, tail } = splitName(name);
  return (
    <bdi className={styles.name}>
      <span className={styles.head}>{head}</span>
      <span className={styles.tail}>{tail}</span>
    </bdi>
  );
}
