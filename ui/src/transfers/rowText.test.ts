// A transfer's state in words, with its whole reason when it failed.
import { describe, expect, it } from "vitest";
import type { TransferRow } from "../host";
import { aheadOf, progressOf, type Seen, stateText, whereText } from "./rowText";

const SEEN: Seen = { now: Date.parse("2026-11-24T12:00:00"), offline: false };

const row: TransferRow = {
  id: 1,
  batch: 1,
  kind: "upload",
  wholeFolder: false,
  name: "walkthrough.mov",
  space: { level: "private", owner: null },
  folder: "Site visits/",
  from: null,
  localFolder: null,
  state: "running",
  size: 212_000_000,
  sent: 131_000_000,
  onTheWay: 16_000_000,
  found: null,
  items: null,
  speed: 8_100_000,
  secondsLeft: 10,
  failure: null,
  conflict: null,
  sameAs: null,
  savedAs: null,
  endedAt: null,
};

describe("a transfer's row", () => {
  it("says where it goes", () => {
    expect(whereText(row)).toBe("to Private / Site visits");
    expect(whereText({ ...row, kind: "download", localFolder: "Downloads" })).toBe("to Downloads");
    const from = { space: { level: "public", owner: null }, folder: "" } as const;
    expect(whereText({ ...row, kind: "move", from })).toBe("from Public to Private / Site visits");
    expect(whereText({ ...row, kind: "delete" })).toBe("in Private / Site visits");
  });

  it("says how far it is, with speed and time left", () => {
    expect(stateText(row, SEEN)).toBe("Uploading · 131 of 212 MB · 8.1 MB/s · 10 s left");
    expect(stateText({ ...row, kind: "download", speed: null, secondsLeft: null }, SEEN)).toBe(
      "Downloading · 131 of 212 MB",
    );
    expect(stateText({ ...row, state: "scanning", found: 6_700 }, SEEN)).toBe("Scanning, 6,700 found");
  });

  it("says no speed and no time left while the storage can't be reached", () => {
    expect(stateText(row, { ...SEEN, offline: true })).toBe("Uploading · 131 of 212 MB");
  });

  it("says when it ended, and what was done one by one", () => {
    const endedAt = Date.parse("2026-11-24T09:14:00");
    expect(stateText({ ...row, state: "done", endedAt }, SEEN)).toBe("Done · 212 MB · Today, 09:14");
    expect(stateText({ ...row, state: "done", savedAs: "_CON.txt", endedAt }, SEEN)).toBe(
      "Done, as “_CON.txt” · 212 MB · Today, 09:14",
    );
    expect(stateText({ ...row, state: "skipped", sameAs: "x.jpg", endedAt }, SEEN)).toBe(
      "Skipped: already there as “x.jpg” · Today, 09:14",
    );
    expect(stateText({ ...row, state: "cancelled", endedAt }, SEEN)).toBe("Cancelled · Today, 09:14");
    const items = { done: 1_204, failed: 3 };
    const folder = { ...row, kind: "delete", size: null, sent: 0, items, speed: null, secondsLeft: null } as const;
    expect(stateText({ ...folder, found: 2_000 }, SEEN)).toBe("Deleting · 1,204 of 2,000 items · 3 failed");
    expect(stateText({ ...folder, state: "done" }, SEEN)).toBe("Done · 1,204 items");
  });

  it("says the whole reason of a failure and what helps", () => {
    const failure = {
      code: "localFile",
      message: "Couldn't upload `a.txt`: the file is no longer where it was.",
      hint: "Choose it anew.",
      retry: { kind: "now" },
      detail: "",
    } as const;
    expect(stateText({ ...row, state: "failed", failure }, SEEN)).toBe(`${failure.message} ${failure.hint}`);
  });

  it("shows no full bar before the end", () => {
    expect(progressOf({ ...row, sent: 212_000_000 })).toBe(0.99);
    expect(aheadOf(row)).toBeCloseTo(147 / 212);
    expect(aheadOf({ ...row, state: "waiting", onTheWay: 0 })).toBeCloseTo(131 / 212);
    expect(aheadOf({ ...row, size: null })).toBe(0);
    expect(progressOf({ ...row, state: "checking" })).toBe(0.99);
    expect(progressOf({ ...row, state: "needsAnswer", sent: 0 })).toBe(0);
    expect(progressOf({ ...row, state: "scanning" })).toBe("unknown");
    expect(progressOf({ ...row, state: "done" })).toBeNull();
  });
});
