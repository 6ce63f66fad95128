// The folder as a list: an own grid, since only the rows on screen may cost anything. Keys and mouse become selection actions.
import { type CSSProperties, useEffect, useId, useState } from "react";
import { type FolderSelection, type ListingState, useRows } from "../folder";
import type { PlaceRef, Row, Sort } from "../host";
import { placeName } from "../place";
import { dropTarget } from "../upload";
import { words } from "../words";
import { COLUMNS, rememberedWidths, rememberWidths, type Widths } from "./columns";
import { ListHeader } from "./ListHeader";
import { ListRow } from "./ListRow";
import styles from "./ListView.module.css";
import { topOfRow } from "./rowWindow";
import { useListKeys } from "./useListKeys";
import { useListScroll } from "./useListScroll";

export type ListViewProps = {
  place: PlaceRef;
  listing: ListingState;
  selection: FolderSelection;
  sort: Sort;
  onSort: (sort: Sort) => void;
  onOpen: (row: Row, index: number) => void;
  /** Where the menu of the selection should open, in CSS pixels of the page. */
  onMenu: (at: { x: number; y: number }) => void;
};

export function ListView({ place, listing, selection, sort, onSort, onOpen, onMenu }: ListViewProps) {
  const id = useId();
  const [widths, setWidths] = useState(rememberedWidths);
  const { scroller, scroll, shown, bar, onScroll, onWheel, showRow } = useListScroll(listing, selection.state.focus);
  const rowAt = useRows(listing, shown.first, shown.end);
  const [now] = useState(Date.now);
  const focus = selection.state.focus;
  const idOf = (index: number) => `${id}-${index}`;
  const { grid, onKeyDown } = useListKeys({ listing, selection, rowAt, scroll, showRow, onOpen, onMenu, idOf });

  const indexes = Array.from({ length: shown.end - shown.first }, (_, step) => shown.first + step);
  useEffect(() => {
    for (let index = shown.first; index < shown.end; index++) {
      const row = rowAt(index);
      if (row) selection.know(row);
    }
  }, [rowAt, selection, shown.first, shown.end]);

  const rowUnder = (target: EventTarget): { row: Row; index: number } | null => {
    const element = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
    const index = Number(element?.dataset.index);
    const row = element ? rowAt(index) : undefined;
    return row ? { row, index } : null;
  };
  const resize = (next: Widths) => {
    setWidths(next);
    rememberWidths(next);
  };

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={words.listing.grid(placeName(place))}
      aria-multiselectable
      aria-rowcount={listing.count + 1}
      aria-colcount={COLUMNS.length}
      aria-busy={!listing.complete}
      aria-activedescendant={
        focus && focus.index >= shown.first && focus.index < shown.end ? idOf(focus.index) : undefined
      }
      tabIndex={0}
      className={styles.grid}
      style={columnsOf(widths, bar)}
      data-drop-target={dropTarget(place)}
      onKeyDown={onKeyDown}
    >
      <ListHeader sort={sort} onSort={onSort} widths={widths} onWidths={resize} />
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid around it has the keys */}
      <div
        ref={scroller}
        role="rowgroup"
        tabIndex={-1}
        className={styles.scroller}
        onScroll={onScroll}
        onWheel={onWheel}
        onClick={(event) => {
          const under = rowUnder(event.target);
          const range = event.shiftKey;
          const toggle = event.ctrlKey || event.metaKey;
          if (under) {
            const { row, index } = under;
            selection.choose({ id: row.id, key: row.key, index }, { range, toggle });
          } else if (!range && !toggle) selection.clear();
          grid.current?.focus({ preventScroll: true });
        }}
        onDoubleClick={(event) => {
          const under = rowUnder(event.target);
          if (under && !event.shiftKey && !event.ctrlKey && !event.metaKey) onOpen(under.row, under.index);
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          const under = rowUnder(event.target);
          if (!under) selection.clear();
          else if (!selection.isSelected(under.row.id)) {
            selection.choose(
              { id: under.row.id, key: under.row.key, index: under.index },
              { range: false, toggle: false },
            );
          }
          onMenu({ x: event.clientX, y: event.clientY });
        }}
      >
        <div role="presentation" data-rows className={styles.content} style={{ height: shown.height }}>
          {indexes.map((index) => {
            const row = rowAt(index);
            return (
              <ListRow
                key={index}
                id={idOf(index)}
                row={row}
                index={index}
                top={topOfRow(index, scroll)}
                space={place.space}
                isSelected={row !== undefined && selection.isSelected(row.id)}
                isFocused={focus?.index === index}
                now={now}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function columnsOf({ kind, size, modified }: Widths, bar: number): CSSProperties {
  return {
    "--wide-columns": `minmax(120px, 1fr) ${kind}px ${size}px ${modified}px`,
    "--scrollbar": `${bar}px`,
    "--narrow-columns": `minmax(120px, 1fr) ${size}px ${modified}px`,
  } as CSSProperties;
}
