// One transfer: what it does, name, where to, bar, state in words, and the buttons that make sense for it.
import { ArrowDown, ArrowRight, ArrowUp, Copy, Trash2 } from "lucide-react";
import { memo } from "react";
import { exactDate, splitName, visibleName } from "../format";
import type { TransferRow } from "../host";
import { Button, cutTitle, ProgressBar } from "../kit";
import { words } from "../words";
import { aheadOf, progressOf, stateText, toneOf, whereText } from "./rowText";
import { TransferButtons } from "./TransferButtons";
import styles from "./TransferRowView.module.css";
import { hasReport, type Verb } from "./verbs";

const ICONS = { upload: ArrowUp, download: ArrowDown, copy: Copy, move: ArrowRight, delete: Trash2 } as const;

export type TransferRowViewProps = {
  row: TransferRow;
  /** For dates in words. */
  now: number;
  /** The storage can't be reached. */
  offline: boolean;
  onRun: (verb: Verb, row: TransferRow) => void;
};

export const TransferRowView = memo(function TransferRowView({ row, now, offline, onRun }: TransferRowViewProps) {
  const progress = progressOf(row);
  const Icon = ICONS[row.kind];
  const { head, tail } = splitName(row.name);
  const name = visibleName(row.name);
  const waits = row.state === "waiting" || row.state === "paused";
  return (
    <div role="presentation" className={`${styles.row} ${styles[toneOf(row)]}`}>
      <span
        role="gridcell"
        aria-colindex={1}
        aria-label={`${words.transfers.kinds[row.kind]} ${name} ${whereText(row)}`}
        className={styles.what}
      >
        <Icon aria-hidden size={14} className={styles.kind} />
        <bdi aria-hidden className={styles.name} onPointerEnter={cutTitle(row.name)}>
          <span className={styles.head}>{head}</span>
          <span className={styles.tail}>{tail}</span>
        </bdi>
        <span aria-hidden className={styles.where} onPointerEnter={cutTitle(whereText(row))}>
          {whereText(row)}
        </span>
      </span>
      <span
        role="gridcell"
        aria-colindex={2}
        className={progress === null ? `${styles.state} ${styles.wide}` : styles.state}
      >
        {progress !== null && (
          <span className={styles.bar}>
            <ProgressBar
              label={words.transfers.progress(name)}
              value={progress === "unknown" ? null : progress}
              ahead={aheadOf(row)}
              look={waits ? "waiting" : "running"}
            />
          </span>
        )}
        <span
          data-selectable
          className={styles.words}
          title={row.endedAt === null ? undefined : exactDate(row.endedAt)}
        >
          {stateText(row, { now, offline })}
          {hasReport(row) && (
            <>
              {" "}
              <Button
                look="link"
                className={styles.details}
                aria-label={words.transfers.reportOf(name)}
                onPress={() => onRun("report", row)}
              >
                {words.transfers.report}
              </Button>
            </>
          )}
        </span>
      </span>
      <span role="gridcell" aria-colindex={3}>
        <TransferButtons row={row} onRun={(verb) => onRun(verb, row)} />
      </span>
    </div>
  );
});
