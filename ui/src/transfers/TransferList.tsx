// The rows of a tab as a grid of our own: only those on screen are drawn, and a reason takes as many lines as it needs.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, useEffect, useId, useRef, useState } from "react";
import type { TransferRow, TransferSummary } from "../host";
import { words } from "../words";
import styles from "./TransferList.module.css";
import { TransferRowView } from "./TransferRowView";
import { useTransferKeys } from "./useTransferKeys";
import { type DrawerTab, useTransferRows } from "./useTransferRows";
import type { TransferSelection } from "./useTransferSelection";
import { type Verb, verbsOf } from "./verbs";

const ROW = 37;

export type TransferListProps = {
  tab: DrawerTab;
  summary: TransferSummary;
  /** Rows that need an answer, on top of the tab's own. */
  lead: number;
  selection: TransferSelection;
  /** A verb for this row alone. */
  onRun: (verb: Verb, row: TransferRow) => void;
  /** Where the menu of the selection should open, in CSS pixels of the page. */
  onMenu: (at: { x: number; y: number }) => void;
};

export function TransferList({ tab, summary, lead, selection, onRun, onMenu }: TransferListProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [now] = useState(Date.now);
  const count = lead + summary[tab];
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
    initialRect: { width: 800, height: 220 },
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const end = (items.at(-1)?.index ?? -1) + 1;
  const known = useTransferRows({ tab, lead, revision: summary.revision, first, end });
  const { know, focus } = selection;
  useEffect(() => know(known), [know, known]);
  const rowAt = (index: number): TransferRow | undefined => known.rows[index - known.start];
  const idOf = (index: number) => `${id}-${index}`;
  const onKeyDown = useTransferKeys({
    selection,
    page: Math.max(1, items.length - 8),
    rowAt,
    show: (index) => virtual.scrollToIndex(index),
    onRun,
    menuAt: () => {
      const element = focus && document.getElementById(idOf(focus.index));
      const box = (element ?? scroller.current)?.getBoundingClientRect();
      if (box) onMenu({ x: box.left + 48, y: Math.min(box.bottom, box.top + ROW) });
    },
  });

  const under = (event: MouseEvent): { row: TransferRow; index: number } | null => {
    if (!(event.target instanceof Element) || event.target.closest("button")) return null;
    const index = Number(event.target.closest<HTMLElement>("[data-index]")?.dataset.index);
    const row = rowAt(index);
    return row ? { row, index } : null;
  };

  if (count === 0) return <p className={styles.none}>{words.transfers.none[tab]}</p>;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={words.transfers.tabs[tab]}
      aria-multiselectable
      aria-rowcount={count}
      aria-colcount={3}
      aria-activedescendant={focus && focus.index >= first && focus.index < end ? idOf(focus.index) : undefined}
      tabIndex={0}
      className={styles.scroller}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const hit = under(event);
        if (hit)
          selection.choose(hit.row, hit.index, { toggle: event.ctrlKey || event.metaKey, range: event.shiftKey });
        else if (event.target === scroller.current) selection.clear();
      }}
      onDoubleClick={(event) => {
        const hit = under(event);
        const main = hit && verbsOf(hit.row)[0];
        if (hit && (main === "show" || main === "decide")) onRun(main, hit.row);
      }}
      onContextMenu={(event) => {
        const hit = under(event);
        if (!hit) return;
        event.preventDefault();
        if (!selection.isSelected(hit.row.id)) selection.choose(hit.row, hit.index, { toggle: false, range: false });
        onMenu({ x: event.clientX, y: event.clientY });
      }}
    >
      <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rowAt(item.index);
          const isSelected = row !== undefined && selection.isSelected(row.id);
          const classes = [
            styles.item,
            isSelected && styles.selected,
            focus !== null && focus.id === row?.id && styles.focused,
          ];
          return (
            <div
              key={item.key}
              ref={virtual.measureElement}
              role="row"
              id={idOf(item.index)}
              data-index={item.index}
              aria-rowindex={item.index + 1}
              aria-selected={row ? isSelected : undefined}
              aria-busy={row ? undefined : true}
              className={classes.filter(Boolean).join(" ")}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {row ? (
                <TransferRowView row={row} now={now} offline={summary.offline} onRun={onRun} />
              ) : (
                <span role="gridcell" aria-label={words.transfers.loading} className={styles.placeholder} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
