// The rows of a tab; only those on screen are drawn, and a reason takes as many lines as it needs.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { visibleName } from "../format";
import type { TransferRow, TransferSummary } from "../host";
import { words } from "../words";
import styles from "./TransferList.module.css";
import { TransferRowView } from "./TransferRowView";
import { type DrawerTab, useTransferRows } from "./useTransferRows";

const ROW = 37;

export type TransferListProps = {
  tab: DrawerTab;
  summary: TransferSummary;
  /** Runs a command and tells when it failed. */
  onRun: (command: Promise<null>) => void;
};

export function TransferList({ tab, summary, onRun }: TransferListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // What needs an answer stands on top of what is in progress.
  const lead = tab === "running" ? summary.needsYou : 0;
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
  const asking = useTransferRows("needsYou", summary.revision, first, lead);
  const rest = useTransferRows(tab, summary.revision, Math.max(0, first - lead), Math.max(0, end - lead));
  const rowAt = (index: number): TransferRow | undefined =>
    index < lead ? asking.rows[index - asking.start] : rest.rows[index - lead - rest.start];

  if (count === 0) return <p className={styles.none}>{words.transfers.none[tab]}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list is scrolled by keys
    <div ref={scroller} className={styles.scroller} tabIndex={0} role="group" aria-label={words.transfers.tabs[tab]}>
      <ul className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rowAt(item.index);
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-posinset={item.index + 1}
              aria-setsize={count}
              aria-label={row && visibleName(row.name)}
              className={styles.item}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {row ? <TransferRowView row={row} onRun={onRun} /> : <span aria-hidden className={styles.placeholder} />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
