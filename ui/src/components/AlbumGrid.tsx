// The body of an album: days with their tiles, only those on screen drawn. Who is selected and what a press does is told from outside.
import { useVirtualizer } from "@tanstack/react-virtual";
import { Fragment, type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Row, SpaceRef } from "../host";
import { AlbumDay } from "./AlbumDay";
import styles from "./AlbumGrid.module.css";
import { albumLines, type Direction, type Line, lineOf, neighbour, rowsOf } from "./albumLayout";
import { AlbumTile } from "./AlbumTile";
import type { Section } from "./sections";

/** How a tile was pressed. */
export type TileHow = { toggle: boolean; range: boolean };

export type AlbumGridProps = {
  label: string;
  sections: readonly Section[];
  space: SpaceRef;
  isSelected: (row: Row) => boolean;
  /** At least one is selected: presses go on selecting. */
  selecting: boolean;
  /** Listing index of the tile under the keyboard. */
  focus: number | null;
  /** A press on the tile itself, or Enter. */
  onPress: (row: Row, index: number) => void;
  /** The check circle, Ctrl- and Shift-presses, Space. Without it nothing can be selected. */
  onSelect?: (row: Row, index: number, how: TileHow) => void;
  /** The circle at a day. Without it days have none. */
  onSelectGroup?: (rows: readonly Row[], marked: boolean) => void;
  onFocus: (row: Row, index: number, how: { range: boolean }) => void;
  onMenu?: (row: Row | null, index: number, at: { x: number; y: number }) => void;
  onEscape?: () => void;
  /** The end is near: more may be read. */
  onEnd?: () => void;
  /** Names are always shown, not only on hover and focus. */
  named?: boolean;
  /** Value of data-drop-target. */
  dropTarget?: string;
  /** The same for a folder's tile. */
  folderDropTarget?: (row: Row) => string;
};

const DIRECTIONS: Record<string, Direction> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** Before the first layout, and where there is none (tests). */
const USUAL = { width: 960, height: 640 };
const PADDING = 24;

export function AlbumGrid(props: AlbumGridProps) {
  const { label, sections, space, isSelected, selecting, focus, onPress, onSelect, onFocus, onMenu, onEscape, onEnd } =
    props;
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(USUAL.width - 2 * PADDING);
  const [now] = useState(Date.now);
  const lines = useMemo(() => albumLines(sections, width), [sections, width]);
  const rows = useMemo(() => sections.flatMap((section) => section.rows), [sections]);

  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return undefined;
    const measure = () => setWidth((element.clientWidth || USUAL.width) - 2 * PADDING);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => grid.current,
    estimateSize: (index) => lines[index]?.height ?? 0,
    getItemKey: (index) => keyOfLine(lines[index], index),
    overscan: 4,
    paddingStart: 16,
    paddingEnd: PADDING,
    initialRect: USUAL,
  });
  useEffect(() => virtual.measure(), [virtual, lines]);

  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= lines.length - 3) onEnd?.();
  }, [lastShown, lines.length, onEnd]);

  useEffect(() => {
    const line = focus === null ? -1 : lineOf(lines, focus);
    if (line >= 0) virtual.scrollToIndex(line, { align: "auto" });
    // oxlint-disable-next-line react/exhaustive-deps -- only when the keyboard moves, not when tiles do
  }, [focus]);
  useEffect(() => {
    const active = document.activeElement;
    if (active === null || active === document.body) grid.current?.focus({ preventScroll: true, focusVisible: false });
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== grid.current || event.altKey) return;
    const row = focus === null ? undefined : rows[focus];
    const go = (index: number) => {
      const to = rows[index];
      if (to) onFocus(to, index, { range: event.shiftKey });
    };
    const direction = DIRECTIONS[event.key];
    if (direction) go(neighbour(lines, focus ?? -1, direction, rows.length - 1));
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(rows.length - 1);
    else if (event.key === "Enter" && row && focus !== null) onPress(row, focus);
    else if (event.key === " " && row && focus !== null)
      onSelect?.(row, focus, { toggle: true, range: event.shiftKey });
    else if (event.key === "Escape" && selecting) onEscape?.();
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
      const box = document.getElementById(`${id}-${focus}`)?.getBoundingClientRect();
      if (row && focus !== null && box) onMenu?.(row, focus, { x: box.left + 24, y: box.top + 24 });
    } else return;
    event.preventDefault();
  };

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={label}
      aria-multiselectable={onSelect ? true : undefined}
      aria-rowcount={rowsOf(lines)}
      aria-activedescendant={focus === null || !isShown(focus) ? undefined : `${id}-${focus}`}
      tabIndex={0}
      className={styles.grid}
      data-named={props.named || undefined}
      data-drop-target={props.dropTarget}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        event.preventDefault();
        if (event.target instanceof Element && !event.target.closest("[role=gridcell]")) {
          onMenu?.(null, -1, { x: event.clientX, y: event.clientY });
        }
      }}
    >
      <div role="presentation" data-rows className={styles.content} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const line = lines[item.index];
          if (!line) return null;
          return line.parts.map((part) => {
            const left = PADDING + part.left;
            return (
              <Fragment key={`${item.key} ${part.start}`}>
                {part.begins && (
                  <div
                    role="row"
                    aria-rowindex={part.row - 1}
                    className={styles.heading}
                    style={{ top: item.start, height: line.above, left, width: part.width }}
                  >
                    <AlbumDay
                      section={part.section}
                      selecting={selecting}
                      isSelected={isSelected}
                      onSelectGroup={props.onSelectGroup}
                      shares={line.parts.length > 1}
                    />
                  </div>
                )}
                <div
                  role="row"
                  aria-rowindex={part.row}
                  className={styles.line}
                  style={{
                    top: item.start + line.above,
                    height: line.height - line.above,
                    left,
                    gridTemplateColumns: `repeat(${part.end - part.start}, ${part.tile}px)`,
                  }}
                >
                  {rows.slice(part.start, part.end).map((row, offset) => {
                    const index = part.start + offset;
                    return (
                      <AlbumTile
                        key={row.id}
                        id={`${id}-${index}`}
                        row={row}
                        index={index}
                        space={space}
                        now={now}
                        selected={isSelected(row)}
                        isFocused={focus === index}
                        selecting={selecting}
                        onPress={onPress}
                        onSelect={onSelect}
                        onMenu={onMenu}
                        dropTarget={row.kind === "folder" ? props.folderDropTarget?.(row) : undefined}
                      />
                    );
                  })}
                </div>
              </Fragment>
            );
          });
        })}
      </div>
    </div>
  );

  function isShown(index: number): boolean {
    const line = lineOf(lines, index);
    return items.some((item) => item.index === line);
  }
}

function keyOfLine(line: Line | undefined, index: number): string {
  return line ? line.parts.map(({ section, start, end }) => `${section.id}-${start}-${end}`).join() : String(index);
}
