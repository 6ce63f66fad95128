// One line of the wall: the headings of the sections that begin in it, each followed by its tiles.
import { Fragment, memo } from "react";
import { AlbumTile, type TileHow } from "../../components";
import type { RowsByIndex } from "../../folder";
import type { AlbumSection, Row, SpaceRef } from "../../host";
import { words } from "../../words";
import { FolderCover } from "../FolderCover";
import styles from "./AlbumWall.module.css";
import { HeadingRow } from "./HeadingRow";
import { type Part, partsOf } from "./lines";
import type { PlacedLine } from "./place";
import { SIDES } from "./useWall";

/** What every line of a wall is told alike. */
export type TilesProps = {
  rowAt: RowsByIndex;
  space: SpaceRef;
  isSelected: (row: Row) => boolean;
  /** At least one is selected: presses go on selecting. */
  selecting: boolean;
  /** Listing index of the tile under the keyboard. */
  focus: number | null;
  onPress: (row: Row, index: number) => void;
  onSelect: (row: Row, index: number, how: TileHow) => void;
  /** The circle at a section: everything in it, or nothing. */
  onSelectSection: (start: number, end: number, marked: boolean) => void;
  onMenu: (row: Row | null, index: number, at: { x: number; y: number }) => void;
  folderDropTarget: (row: Row) => string;
};

export type LineRowsProps = TilesProps & {
  id: string;
  line: PlacedLine;
  /** Of its block. */
  sections: readonly AlbumSection[];
  now: number;
};

/** Drawn anew only when something of it changes, not with each scroll. */
export const LineRows = memo(function LineRows({ line, sections, ...props }: LineRowsProps) {
  const { top, above, height } = line;
  return partsOf(line).map((part) => {
    const section = part.head && sections[part.head.at];
    return (
      <Fragment key={part.start - line.start}>
        {part.head && section && (
          <HeadingRow
            section={section}
            now={props.now}
            top={top - above}
            height={above}
            left={SIDES.left + part.head.left}
            width={part.head.width}
            shares={line.heads.length > 1}
            rowAt={props.rowAt}
            selecting={props.selecting}
            isSelected={props.isSelected}
            onSelectSection={props.onSelectSection}
          />
        )}
        <PartTiles part={part} top={top} height={height} {...props} />
      </Fragment>
    );
  });
});

type PartTilesProps = TilesProps & { id: string; now: number; part: Part; top: number; height: number };

function PartTiles({ part, top, height, id, now, rowAt, space, focus, ...props }: PartTilesProps) {
  const { start, left, widths } = part;
  const tiles = widths.map((width, offset) => ({ width, index: start + offset, row: rowAt(start + offset) }));
  return (
    <div
      role="row"
      className={styles.line}
      style={{
        top,
        height,
        left: SIDES.left + left,
        gridTemplateColumns: widths.map((width) => `${width}px`).join(" "),
      }}
    >
      {tiles.map(({ index, row, width }) =>
        row ? (
          <AlbumTile
            key={row.id}
            id={`${id}-${index}`}
            row={row}
            index={index}
            space={space}
            now={now}
            edge={Math.round(Math.max(width, height))}
            selected={props.isSelected(row)}
            isFocused={focus === index}
            selecting={props.selecting}
            onPress={props.onPress}
            onSelect={props.onSelect}
            onMenu={props.onMenu}
            dropTarget={row.kind === "folder" ? props.folderDropTarget(row) : undefined}
          >
            {row.kind === "folder" ? <FolderCover row={row} space={space} /> : undefined}
          </AlbumTile>
        ) : (
          <div key={`empty ${index}`} role="gridcell" aria-label={words.album.arriving} className={styles.empty} />
        ),
      )}
    </div>
  );
}
