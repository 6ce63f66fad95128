// What the one line says, most urgent first: an answer that is needed, a failure, what is moving, what is paused, what is finished,
// what an earlier upload left behind. Pure.
import { formatDuration, formatSize } from "../format";
import type { TransferSummary, TransferTab } from "../host";
import { words } from "../words";

export type Line = {
  kind: "needsYou" | "failed" | "moving" | "paused" | "finished" | "left";
  text: string;
  /** 0 to 1, for a bar; null: no bar. */
  progress: number | null;
  /** 0 to 1: how far it is with what the server has not confirmed yet. */
  ahead: number;
  /** What is said behind the bar. */
  detail: string;
  /** The tab that tells more. */
  tab: TransferTab;
};

/** Null: nothing to say, no line. */
export function lineOf(summary: TransferSummary): Line | null {
  const { needsYou, failed, running, waiting, paused, done, leftUploads } = summary;
  const moving = running + waiting > 0;
  const detail = moving ? progressText(summary) : "";
  const progress = moving ? share(summary) : null;
  const ahead = moving ? share({ ...summary, sent: summary.sent + summary.onTheWay }) : 0;
  const bar = { progress, ahead, detail };
  if (needsYou > 0) return { kind: "needsYou", text: words.transfers.needsYou(needsYou), ...bar, tab: "needsYou" };
  if (failed > 0) return { kind: "failed", text: words.transfers.failed(failed), ...bar, tab: "failed" };
  if (moving) return { kind: "moving", text: directionText(summary), ...bar, tab: "running" };
  const still = { progress: null, ahead: 0, detail: "" };
  if (paused > 0) return { kind: "paused", text: words.transfers.paused(paused), ...still, tab: "paused" };
  if (done > 0) return { kind: "finished", text: words.transfers.finished(done), ...still, tab: "done" };
  if (leftUploads > 0) return { kind: "left", text: words.transfers.leftUploads(leftUploads), ...still, tab: "done" };
  return null;
}

/** "62 % · 8.1 MB/s · 40 s left"; what is not known is left out. */
export function progressText(summary: TransferSummary): string {
  const { speed, secondsLeft, offline } = summary;
  const done = words.transfers.percent(Math.floor(share(summary) * 100));
  if (offline) return `${done} · ${words.transfers.offline}`;
  return [
    done,
    ...(speed === null ? [] : [words.transfers.speed(formatSize(speed))]),
    ...(secondsLeft === null ? [] : [words.transfers.left(formatDuration(secondsLeft))]),
  ].join(" · ");
}

function directionText({ up, down, running, waiting }: TransferSummary): string {
  if (up > 0 && down > 0) return `↑ ${up} ↓ ${down}`;
  if (down > 0) return words.transfers.downloading(down);
  return words.transfers.uploading(up || running + waiting);
}

/** Nothing unsent shows a full bar. */
function share({ sent, bytes }: TransferSummary): number {
  return bytes > 0 ? Math.min(0.99, sent / bytes) : 0;
}
