// What a transfer's row says: where to, and its state in words. Pure.
import { formatDate, formatDuration, formatProgress, formatSize } from "../format";
import type { TransferRow } from "../host";
import { placePath } from "../place";
import { words } from "../words";

export type Tone = "plain" | "warn" | "bad" | "muted";

/** "to Private / Site visits", "to Downloads", "from Public to Private", "in Private" */
export function whereText({ kind, space, folder, from, localFolder }: TransferRow): string {
  const { to, fromTo, inside } = words.transfers;
  const where = placePath({ space, folder });
  switch (kind) {
    case "download":
      return localFolder === null ? "" : to(localFolder);
    case "upload":
      return to(where);
    case "copy":
    case "move":
      return from === null ? to(where) : fromTo(placePath(from), where);
    case "delete":
      return inside(where);
  }
}

/** What a row's words depend on besides the transfer. */
export type Seen = {
  /** For dates in words. */
  now: number;
  /** Nothing moves, so that the last speed says nothing. */
  offline: boolean;
};

export function stateText(row: TransferRow, { now, offline }: Seen): string {
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
      return runningText(offline ? { ...row, speed: null, secondsLeft: null } : row);
    case "checking":
      return states.checking;
    case "needsAnswer":
      return states.needsAnswer;
    case "failed":
      return row.failure ? `${row.failure.message} ${row.failure.hint}`.trim() : states.failed;
    case "done":
      return joined(row.savedAs === null ? states.done : states.doneAs(row.savedAs), sizeOf(row), ...ended(row, now));
    case "skipped":
      return joined(row.sameAs === null ? states.skipped : states.alreadyAs(row.sameAs), ...ended(row, now));
    case "cancelled":
      return joined(states.cancelled, ...ended(row, now));
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
  if (state === "running" && size === null) return "unknown";
  if (state !== "running" && state !== "waiting" && state !== "paused" && state !== "needsAnswer") return null;
  return size ? Math.min(0.99, sent / size) : 0;
}

/** 0 to 1: how far it is with what the server has not confirmed yet. */
export function aheadOf({ size, sent, onTheWay }: TransferRow): number {
  return size ? Math.min(0.99, (sent + onTheWay) / size) : 0;
}

/** Uploading · 131 of 212 MB · 8.1 MB/s · 10 s left; Deleting · 412 files */
function runningText({ kind, size, sent, items, found, speed, secondsLeft }: TransferRow): string {
  const { states } = words.transfers;
  if (items !== null) return joined(states[kind], words.transfers.items(items.done, found), failedItems(items.failed));
  return joined(
    states[kind],
    size === null ? (sent > 0 ? formatSize(sent) : null) : formatProgress(sent, size),
    speed === null ? null : words.transfers.speed(formatSize(speed)),
    secondsLeft === null ? null : words.transfers.left(formatDuration(secondsLeft)),
  );
}

function sizeOf({ items, size }: TransferRow): string | null {
  if (items !== null) return words.transfers.items(items.done, null);
  return size === null ? null : formatSize(size);
}

function failedItems(count: number): string | null {
  return count === 0 ? null : words.transfers.itemsFailed(count);
}

function ended({ endedAt }: TransferRow, now: number): (string | null)[] {
  return [endedAt === null ? null : formatDate(endedAt, now)];
}

function joined(...parts: (string | null)[]): string {
  return parts.filter((part) => part !== null).join(" · ");
}
