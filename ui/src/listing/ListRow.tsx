// One row: mark or thumbnail, name, kind, size, date. Knows nothing of the rows around it.
import { memo } from "react";
import { rowMark } from "../folder";
import { exactDate, formatDate, formatSize, kindOf, visibleName } from "../format";
import type { PlaceRef, Row } from "../host";
import { dropTarget } from "../upload";
import { FileMark } from "./FileMark";
import { FileName } from "./FileName";
import styles from "./ListRow.module.css";

export type ListRowProps = {
  /** Undefined while it is being fetched: a placeholder of the same height. */
  row: Row | undefined;
  id: string;
  index: number;
  /** CSS pixels from the top of the scrolled content. */
  top: number;
  space: PlaceRef["space"];
  isSelected: boolean;
  /** The keyboard is here. */
  isFocused: boolean;
  now: number;
};

export const ListRow = memo(function ListRow({ row, id, index, top, space, isSelected, isFocused, now }: ListRowProps) {
  const classes = [styles.row, isSelected && styles.selected, isFocused && styles.focused].filter(Boolean).join(" ");
  const isFolder = row?.kind === "folder";
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={row ? isSelected : undefined}
      aria-busy={row ? undefined : true}
      className={classes}
      style={{ transform: `translateY(${top}px)` }}
      data-index={index}
      data-row={row && rowMark(row)}
      data-drop-target={isFolder ? dropTarget({ space, folder: row.key }) : undefined}
    >
      <div role="gridcell" aria-colindex={1} aria-label={row && visibleName(row.name)} className={styles.name}>
        {row ? (
          <>
            <FileMark row={row} space={space} />
            <FileName name={row.name} />
          </>
        ) : (
          <span aria-hidden className={styles.placeholder} style={{ width: `${30 + ((index * 37) % 40)}%` }} />
        )}
      </div>
      <div role="gridcell" aria-colindex={2} className={styles.kind}>
        {row && kindOf(row.name, row.media)}
      </div>
      <div role="gridcell" aria-colindex={3} className={styles.size}>
        {row && !isFolder && formatSize(row.size)}
      </div>
      <div
        role="gridcell"
        aria-colindex={4}
        className={styles.modified}
        title={row?.modified ? exactDate(row.modified) : undefined}
      >
        {row?.modified ? formatDate(row.modified, now) : null}
      </div>
    </div>
  );
});
