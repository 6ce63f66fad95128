// An album of any size on screen: sections with their headings, lines of tiles, only those near the viewport. What is selected and
// what a press does is told from outside.
import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { AlbumTile, type TileHow } from "../../components";
import type { RowsByIndex } from "../../folder";
import type { Row, SpaceRef } from "../../host";
import { words } from "../../words";
import type { AlbumState } from "../useAlbumSections";
import { FolderCover } from "../FolderCover";
import styles from "./AlbumWall.module.css";
import { HeadingRow } from "./HeadingRow";
import type { Line } from "./justify";
import { type Direction, neighbour, placedLines, scrollToShow } from "./place";
import { Scrubber } from "./Scrubber";
import type { WallState } from "./useWall";

export type AlbumWallProps = {
  label: string;
  album: AlbumState;
  /** Rows of the listing. */
  count: number;
  wall: WallState;
  scroller: React.RefObject<HTMLDivElement | null>;
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
  onMove: (index: number, range: boolean) => void;
  onMenu: (row: Row | null, index: number, at: { x: number; y: number }) => void;
  onEscape: () => void;
  dropTarget: string;
  folderDropTarget: (row: Row) => string;
};

const DIRECTIONS: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

export function AlbumWall(props: AlbumWallProps) {
  const {
    label,
    album,
    count,
    wall: state,
    scroller,
    rowAt,
    focus,
    selecting,
    onPress,
    onSelect,
    onMove,
    onMenu,
  } = props;
  const { wall, height, viewport, scrollTop, shown } = state;
  const id = useId();
  const [now] = useState(Date.now);

  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  useEffect(() => {
    if (focus === null || !scroller.current) return;
    const { wall: drawnWall, viewport: seen, scrollTo } = latest.current;
    const top = scrollToShow(drawnWall, focus, scroller.current.scrollTop, seen);
    if (top !== scroller.current.scrollTop) scrollTo(top);
  }, [focus, scroller]);
  useEffect(() => {
    const active = document.activeElement;
    if (active === null || active === document.body)
      scroller.current?.focus({ preventScroll: true, focusVisible: false });
  }, [scroller]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== scroller.current || event.altKey || event.ctrlKey || event.metaKey) return;
    const row = focus === null ? undefined : rowAt(focus);
    const go = (index: number) => onMove(index, event.shiftKey);
    const direction = DIRECTIONS[event.key];
    if (direction) go(neighbour(wall, focus ?? -1, direction, count - 1));
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(count - 1);
    else if (event.key === "Enter" && row && focus !== null) onPress(row, focus);
    else if (event.key === " " && row && focus !== null) onSelect(row, focus, { toggle: true, range: event.shiftKey });
    else if (event.key === "Escape" && selecting) props.onEscape();
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      const box = document.getElementById(`${id}-${focus}`)?.getBoundingClientRect();
      if (row && focus !== null && box) onMenu(row, focus, { x: box.left + 24, y: box.top + 24 });
    } else return;
    album.touched();
    event.preventDefault();
  };

  const { touched } = album;
  const { onScroll } = state;
  const scrolled = useCallback(() => {
    touched();
    onScroll();
  }, [touched, onScroll]);

  const drawn = useMemo(() => {
    const beyond = viewport * 0.6;
    const near = ({ top, height: of }: Placed) => top + of > scrollTop - beyond && top < scrollTop + viewport + beyond;
    const blocks = Array.from({ length: shown.end - shown.first }, (_, step) => shown.first + step);
    return blocks.map((block) => ({ block, lines: placedLines(wall, block).filter(near) }));
  }, [wall, shown, scrollTop, viewport]);
  const isDrawn = (index: number) => drawn.some(({ lines }) => lines.some((line) => holds(line, index)));

  return (
    <div className={styles.album}>
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-multiselectable
        aria-rowcount={-1}
        aria-activedescendant={focus !== null && isDrawn(focus) ? `${id}-${focus}` : undefined}
        tabIndex={0}
        className={styles.scroller}
        data-drop-target={props.dropTarget}
        onScroll={scrolled}
        onKeyDown={onKeyDown}
        onContextMenu={(event) => {
          event.preventDefault();
          if (event.target instanceof Element && !event.target.closest("[role=gridcell]")) {
            onMenu(null, -1, { x: event.clientX, y: event.clientY });
          }
        }}
      >
        <div role="presentation" data-rows className={styles.content} style={{ height }}>
          {drawn.map(({ block, lines }) => {
            const { heading, section, id: key } = wall.blocks[block] ?? {};
            return (
              <div key={key} role="presentation">
                {section && heading !== undefined && heading > 0 && (
                  <HeadingRow
                    section={section}
                    now={now}
                    top={wall.tops[block] ?? 0}
                    height={heading}
                    rowAt={rowAt}
                    selecting={selecting}
                    isSelected={props.isSelected}
                    onSelectSection={props.onSelectSection}
                  />
                )}
                {lines.map((line) => (
                  <WallLine key={line.start - (section?.start ?? 0)} id={id} line={line} now={now} {...props} />
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <Scrubber wall={wall} height={height} viewport={viewport} scrollTop={scrollTop} onScrollTo={state.scrollTo} />
    </div>
  );
}

type Placed = Line & { top: number };

type WallLineProps = AlbumWallProps & { id: string; line: Placed; now: number };

function WallLine({ id, line, now, rowAt, space, focus, ...props }: WallLineProps) {
  const { top, height, widths, start } = line;
  const tiles = widths.map((width, offset) => ({ width, index: start + offset, row: rowAt(start + offset) }));
  return (
    <div
      role="row"
      className={styles.line}
      style={{ top, height, gridTemplateColumns: widths.map((width) => `${width}px`).join(" ") }}
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

function holds({ start, end }: Line, index: number): boolean {
  return index >= start && index < end;
}
