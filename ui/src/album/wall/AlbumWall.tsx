// An album of any size on screen: sections with their headings, lines of tiles, only those near the viewport. What is selected and
// what a press does is told from outside.
import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import type { AlbumState } from "../useAlbumSections";
import styles from "./AlbumWall.module.css";
import { LineRows, type TilesProps } from "./LineRows";
import type { WallLine } from "./lines";
import { type Direction, neighbour, type PlacedLine, placedLines, scrollToShow } from "./place";
import { Scrubber } from "./Scrubber";
import type { WallState } from "./useWall";

export type AlbumWallProps = TilesProps & {
  label: string;
  album: AlbumState;
  /** Rows of the listing. */
  count: number;
  wall: WallState;
  scroller: React.RefObject<HTMLDivElement | null>;
  onMove: (index: number, range: boolean) => void;
  onEscape: () => void;
  dropTarget: string;
};

const DIRECTIONS: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

export function AlbumWall(props: AlbumWallProps) {
  const { label, album, count, wall: state, scroller, onMove, onEscape, dropTarget, ...tiles } = props;
  const { rowAt, selecting, focus, onPress, onSelect, onMenu } = tiles;
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
    else if (event.key === "Escape" && selecting) onEscape();
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
    const near = ({ top, above, height: of }: PlacedLine) =>
      top + of > scrollTop - beyond && top - above < scrollTop + viewport + beyond;
    return wall.blocks.slice(shown.first, shown.end).map(({ id: block, sections }, step) => ({
      block,
      sections,
      lines: placedLines(wall, shown.first + step).filter(near),
    }));
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
        data-drop-target={dropTarget}
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
          {drawn.map(({ block, sections, lines }) => (
            <div key={block} role="presentation">
              {lines.map((line) => (
                <LineRows
                  key={line.start - sections[0].start}
                  id={id}
                  line={line}
                  sections={sections}
                  now={now}
                  {...tiles}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      <Scrubber wall={wall} height={height} viewport={viewport} scrollTop={scrollTop} onScrollTo={state.scrollTo} />
    </div>
  );
}

function holds({ start, end }: WallLine, index: number): boolean {
  return index >= start && index < end;
}
