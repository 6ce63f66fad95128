// One transfer: direction, name, where to, bar, state in words, and the buttons that make sense for it.
import { ArrowDown, ArrowRight, ArrowUp, Copy, Pause, Play, Trash2, X } from "lucide-react";
import { useState } from "react";
import { formatSize, splitName, visibleName } from "../format";
import { type TransferRow, useHost } from "../host";
import { Button, ConfirmDialog, cutTitle, IconButton, ProgressBar } from "../kit";
import { usePlace } from "../place";
import { useSignIn } from "../session";
import { words } from "../words";
import { askConflict } from "./conflicts";
import { progressOf, stateText, toneOf, whereText } from "./rowText";
import styles from "./TransferRowView.module.css";

/** More than this sent: cancelling asks first. */
const PRECIOUS = 100_000_000;

const ICONS = { upload: ArrowUp, download: ArrowDown, copy: Copy, move: ArrowRight, delete: Trash2 } as const;

const PAUSABLE: ReadonlySet<TransferRow["state"]> = new Set(["waiting", "running", "checking"]);

export type TransferRowViewProps = { row: TransferRow; onRun: (command: Promise<null>) => void };

export function TransferRowView({ row, onRun }: TransferRowViewProps) {
  const progress = progressOf(row);
  const tone = toneOf(row);
  const Icon = ICONS[row.kind];
  const { head, tail } = splitName(row.name);
  return (
    <div className={`${styles.row} ${styles[tone]}`}>
      <span role="img" aria-label={words.transfers.kinds[row.kind]}>
        <Icon aria-hidden size={14} />
      </span>
      <span className={styles.what}>
        <bdi aria-hidden className={styles.name} onPointerEnter={cutTitle(row.name)}>
          <span className={styles.head}>{head}</span>
          <span className={styles.tail}>{tail}</span>
        </bdi>
        <span className={styles.where}>{whereText(row)}</span>
      </span>
      {progress !== null && (
        <span className={styles.bar}>
          <ProgressBar
            label={words.transfers.progress(visibleName(row.name))}
            value={progress === "unknown" ? null : progress}
            look={row.state === "waiting" || row.state === "paused" ? "waiting" : "running"}
          />
        </span>
      )}
      <span className={progress === null ? `${styles.state} ${styles.wide}` : styles.state} data-selectable>
        {stateText(row)}
      </span>
      <Buttons row={row} onRun={onRun} />
    </div>
  );
}

function Buttons({ row, onRun }: TransferRowViewProps) {
  const { commands } = useHost();
  const { go } = usePlace();
  const { open: openSignIn } = useSignIn();
  const [asking, setAsking] = useState(false);
  const name = visibleName(row.name);
  const which = { kind: "one", id: row.id } as const;
  const cancel = () => onRun(commands.cancelTransfers(which));
  const clear = (
    <IconButton
      label={words.transfers.clear(name)}
      className={styles.icon}
      onPress={() => onRun(commands.clearTransfers(which))}
    >
      <X />
    </IconButton>
  );
  const retry = (
    <Button
      className={styles.button}
      aria-label={words.transfers.retry(name)}
      onPress={() => onRun(commands.retryTransfers(which))}
    >
      {words.transfers.tryAgain}
    </Button>
  );

  switch (row.state) {
    case "failed":
      return (
        <span className={styles.buttons}>
          {row.failure?.retry.kind === "afterSignIn" ? (
            <Button className={styles.button} onPress={() => openSignIn("signIn")}>
              {words.transfers.signIn}
            </Button>
          ) : (
            retry
          )}
          {clear}
        </span>
      );
    case "done":
      return (
        <span className={styles.buttons}>
          {row.kind !== "download" && row.kind !== "delete" && (
            <Button look="quiet" className={styles.button} onPress={() => go({ space: row.space, folder: row.folder })}>
              {words.transfers.showInFolder}
            </Button>
          )}
          {clear}
        </span>
      );
    case "cancelled":
      return (
        <span className={styles.buttons}>
          {retry}
          {clear}
        </span>
      );
    case "skipped":
      return <span className={styles.buttons}>{clear}</span>;
    default:
      return (
        <span className={styles.buttons}>
          {row.state === "needsAnswer" && (
            <Button className={styles.button} onPress={() => askConflict(row.id)}>
              {words.transfers.decide}
            </Button>
          )}
          {row.state === "paused" && (
            <IconButton
              label={words.transfers.resume(name)}
              className={styles.icon}
              onPress={() => onRun(commands.resumeTransfers(which))}
            >
              <Play />
            </IconButton>
          )}
          {PAUSABLE.has(row.state) && (
            <IconButton
              label={words.transfers.pause(name)}
              className={styles.icon}
              onPress={() => onRun(commands.pauseTransfers(which))}
            >
              <Pause />
            </IconButton>
          )}
          <IconButton
            label={words.transfers.cancel(name)}
            className={styles.icon}
            onPress={() => (row.sent > PRECIOUS ? setAsking(true) : cancel())}
          >
            <X />
          </IconButton>
          <ConfirmDialog
            isOpen={asking}
            danger
            title={words.transfers.cancelQuestion(name)}
            text={words.transfers.cancelText(formatSize(row.sent))}
            confirm={words.transfers.cancelConfirm}
            cancel={words.transfers.keepGoing}
            onConfirm={() => {
              setAsking(false);
              cancel();
            }}
            onClose={() => setAsking(false)}
          />
        </span>
      );
  }
}
