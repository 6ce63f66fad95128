// The rows of transfers in memory: how they begin, in which tab they show, what an answer makes of them.
import type { ConflictAnswer, PlaceRef, TransferRow, TransferSettings, TransferState, TransferTab } from "..";

export const TABS: Record<TransferState, TransferTab> = {
  waiting: "waiting",
  scanning: "running",
  running: "running",
  checking: "running",
  paused: "paused",
  needsAnswer: "needsYou",
  failed: "failed",
  done: "done",
  skipped: "done",
  cancelled: "done",
};

export const SETTINGS: TransferSettings = {
  uploadLimit: null,
  downloadLimit: null,
  atOnce: null,
  continueOnStart: true,
  excluded: [".DS_Store", "Thumbs.db", "desktop.ini"],
  links: "skip",
  notify: true,
  storeThumbnails: false,
  sha256: false,
  photos: { removeLocation: true, size: "original", skipDuplicates: false, ask: true },
};

export function waitingRow(
  kind: TransferRow["kind"],
  { name, size }: { name: string; size: number },
  place: PlaceRef,
  number: Pick<TransferRow, "id" | "batch">,
): TransferRow {
  return {
    ...number,
    kind,
    name,
    wholeFolder: false,
    space: place.space,
    folder: place.folder,
    from: null,
    localFolder: kind === "download" ? "Downloads" : null,
    state: "waiting",
    size,
    sent: 0,
    onTheWay: 0,
    found: null,
    items: null,
    speed: null,
    secondsLeft: null,
    failure: null,
    conflict: null,
    sameAs: null,
    savedAs: null,
    endedAt: null,
  };
}

export function settle(row: TransferRow, answer: ConflictAnswer): void {
  if (answer === "keepBoth" && row.conflict) row.name = row.conflict.keepBothName;
  row.conflict = null;
  row.state = answer === "skip" ? "skipped" : "waiting";
}

export function secondName(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? `${name.slice(0, dot)} (2)${name.slice(dot)}` : `${name} (2)`;
}
