// A transfer's state in words, with its whole reason when it failed.
import { describe, expect, it } from "vitest";
import type { TransferRow } from "../host";
import { progressOf, stateText, whereText } from "./rowText";

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
  found: null,
  items: null,
  speed: 8_100_000,
  secondsLeft: 10,
  failure: null,
  conflict: null,
  endedAt: null,
};

describe("a transfer's row", () => {
  it("says where it goes", () => {
    expect(whereText(row)).toBe("to Private / Site visits");
    expect(whereText({ ...row, kind: "download", localFolder: "Downloads" })).toBe("to Downloads");
  });

  it("says how far it is, with speed and time left", () => {
    expect(stateText(row)).toBe("Uploading · 131 of 212 MB · 8.1 MB/s · 10 s left");
    expect(stateText({ ...row, kind: "download", speed: null, secondsLeft: null })).toBe("Downloading · 131 of 212 MB");
    expect(stateText({ ...row, state: "scanning", found: 6_700 })).toBe("Scanning, 6,700 found");
  });

  it("says the whole reason of a failure and what helps", () => {
    const failure = {
      code: "localFile",
      message: "Couldn't upload `a.txt`: the file is no longer where it was.",
      hint: "Choose it anew.",
      retry: { kind: "now" },
      detail: "",
    } as const;
    expect(stateText({ ...row, state: "failed", failure })).toBe(`${failure.message} ${failure.hint}`);
  });

  it("shows no full bar before the end", () => {
    expect(progressOf({ ...row, sent: 212_000_000 })).toBe(0.99);
    expect(progressOf({ ...row, state: "checking" })).toBe(0.99);
    expect(progressOf({ ...row, state: "needsAnswer", sent: 0 })).toBe(0);
    expect(progressOf({ ...row, state: "scanning" })).toBe("unknown");
    expect(progressOf({ ...row, state: "done" })).toBeNull();
  });
});
