// What a transfer's row says: where to, and its state in words. Pure.
import { formatDuration, formatProgress, formatSize } from "../format";
import type { TransferRow } from "../host";
import { placePath } from "../place";
import { words } from "../words";

export type Tone = "plain" | "warn" | "bad" | "muted";

/** "to Private / Site visits", "to Downloads" */
export function whereText({ kind, space, folder, localFolder }: TransferRow): string {
  if (kind === "download") return localFolder === null ? "" : words.transfers.to(localFolder);
  return words.transfers.to(placePath({ space, folder }));
}

export function stateText(row: TransferRow): string {
  const { states } = words.transfers;
  switch (row.state) {
    case "waiting":
      return states.waiting;
    case "paused":
      return row.size === null || row.sent === 0
        ? states.paused
        : `${states.paused} · ${formatProgress(row.sent, row.size)}`;
    case "scanning":
      return states.scanning(row.found ?? 0);
    case "running":
      return runningText(row);
    case "checking":
      return states.checking;
    case "needsAnswer":
      return states.needsAnswer;
    case "failed":
      return row.failure ? `${row.failure.message} ${row.failure.hint}`.trim() : states.failed;
    case "done":
      return row.size === null ? states.done : `${states.done} · ${formatSize(row.size)}`;
    case "skipped":
      return states.skipped;
    case "cancelled":
      return states.cancelled;
  }
}

export function toneOf({ state }: TransferRow): Tone {
  if (state === "needsAnswer") return "warn";
  if (state === "failed") return "bad";
  return state === "running" || state === "checking" || state === "scanning" ? "plain" : "muted";
}

/** 0 to 1 for a bar, "unknown" while files are being counted, null for no bar. Nothing unsent shows a full bar. */
export function progressOf({ state, size, sent }: TransferRow): number | "unknown" | null {
  if (state === "scanning") return "unknown";
  if (state === "checking") return 0.99;
  if (state !== "running" && state !== "waiting" && state !== "paused" && state !== "needsAnswer") return null;
  return size ? Math.min(0.99, sent / size) : 0;
}

/** Uploading · 131 of 212 MB · 8.1 MB/s · 10 s left */
function runningText({ kind, size, sent, speed, secondsLeft }: TransferRow): string {
  const { states } = words.transfers;
  return [
    states[kind],
    ...(size === null ? [formatSize(sent)] : [formatProgress(sent, size)]),
    ...(speed === null ? [] : [words.transfers.speed(formatSize(speed))]),
    ...(secondsLeft === null ? [] : [words.transfers.left(formatDuration(secondsLeft))]),
  ].join(" · ");
}
