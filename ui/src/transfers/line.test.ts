// The one line says the most urgent thing.
import { describe, expect, it } from "vitest";
import { lineOf } from "./line";
import { NO_TRANSFERS } from "./useTransferSummary";

const busy = { ...NO_TRANSFERS, running: 3, up: 3, bytes: 1_000, sent: 620, speed: 8_100_000, secondsLeft: 40 };

describe("the transfers line", () => {
  it("is not there while there is nothing to say", () => {
    expect(lineOf(NO_TRANSFERS)).toBeNull();
  });

  it("puts a question before a failure, a failure before progress, progress before what is done", () => {
    const all = { ...busy, needsYou: 1, failed: 2, done: 5 };
    expect(lineOf(all)).toMatchObject({ kind: "needsYou", text: "1 needs your answer", tab: "needsYou" });
    expect(lineOf({ ...all, needsYou: 0 })).toMatchObject({ kind: "failed", text: "2 failed", tab: "failed" });
    expect(lineOf({ ...all, needsYou: 0, failed: 0 })).toMatchObject({ kind: "moving", text: "Uploading 3" });
    expect(lineOf({ ...NO_TRANSFERS, done: 5 })).toMatchObject({ kind: "finished", text: "5 transfers finished" });
  });

  it("says what is paused and what an upload left behind when nothing else is to be told", () => {
    const paused = { ...NO_TRANSFERS, paused: 2, done: 1, leftUploads: 1 };
    expect(lineOf(paused)).toMatchObject({ kind: "paused", text: "2 paused", tab: "paused" });
    expect(lineOf({ ...busy, paused: 2 })?.kind).toBe("moving");
    expect(lineOf({ ...NO_TRANSFERS, leftUploads: 1 })?.text).toMatch(/^Parts of 1 unfinished upload stay/);
  });

  it("goes on telling the progress beside a question", () => {
    expect(lineOf({ ...busy, needsYou: 2 })?.detail).toBe("62 % · 8.1 MB/s · 40 s left");
  });

  it("says in place of the speed that the storage can't be reached", () => {
    expect(lineOf({ ...busy, offline: true })?.detail).toBe("62 % · Offline, goes on by itself");
  });

  it("tells both directions", () => {
    expect(lineOf({ ...busy, down: 1 })?.text).toBe("↑ 3 ↓ 1");
    expect(lineOf({ ...busy, up: 0, down: 1 })?.text).toBe("Downloading 1");
  });

  it("leaves out what is not known, and never shows a full bar for what is not finished", () => {
    const line = lineOf({ ...busy, sent: 1_000, speed: null, secondsLeft: null });
    expect(line?.progress).toBe(0.99);
    expect(line?.detail).toBe("99 %");
    expect(lineOf({ ...busy, bytes: 0, sent: 0 })?.progress).toBe(0);
  });
});
