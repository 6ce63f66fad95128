// The head of the list: a press sorts, a second press turns the order, the edges resize.
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type PointerEvent } from "react";
import type { Sort, SortBy } from "../host";
import { words } from "../words";
import { type Column, COLUMNS, fitting, NARROWEST, WIDEST, type Widths } from "./columns";
import styles from "./ListHeader.module.css";

export type ListHeaderProps = {
  sort: Sort;
  onSort: (sort: Sort) => void;
  widths: Widths;
  onWidths: (widths: Widths) => void;
};

export function ListHeader({ sort, onSort, widths, onWidths }: ListHeaderProps) {
  return (
    <div role="row" aria-rowindex={1} className={styles.header}>
      {COLUMNS.map((column, index) => (
        <div
          key={column.id}
          role="columnheader"
          aria-colindex={index + 1}
          aria-sort={column.id !== sort.by ? "none" : sort.descending ? "descending" : "ascending"}
          className={`${styles.cell} ${styles[column.id]}`}
        >
          {column.id !== "name" && <Resizer column={column} id={column.id} widths={widths} onWidths={onWidths} />}
          <button type="button" className={styles.sort} onClick={() => onSort(next(sort, column.id))}>
            {column.label}
            {column.id === sort.by && <Direction descending={sort.descending} />}
          </button>
        </div>
      ))}
    </div>
  );
}

/** Names go up first; the largest and the newest are what people look for. */
function next(sort: Sort, by: SortBy): Sort {
  if (sort.by === by) return { by, descending: !sort.descending };
  return { by, descending: by === "size" || by === "modified" };
}

function Direction({ descending }: { descending: boolean }) {
  const Arrow = descending ? ArrowDown : ArrowUp;
  return <Arrow aria-hidden size={12} />;
}

type ResizerProps = { column: Column; id: keyof Widths; widths: Widths; onWidths: (widths: Widths) => void };

/** Stands at the left edge of its column; the name gives and takes. */
function Resizer({ column, id, widths, onWidths }: ResizerProps) {
  const width = widths[id];
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const handle = event.currentTarget;
    const from = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) =>
      onWidths({ ...widths, [id]: fitting(width + from - moved.clientX) });
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: 8, ArrowRight: -8 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onWidths({ ...widths, [id]: fitting(width + step) });
  };
  return (
    <div
      role="separator"
      aria-label={words.listing.resize(column.label)}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      tabIndex={0}
      className={styles.resizer}
      onPointerDown={drag}
      onKeyDown={press}
    />
  );
}
