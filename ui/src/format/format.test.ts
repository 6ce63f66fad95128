// What people read in columns and tooltips.
import { describe, expect, it } from "vitest";
import { dayHeading, dayId, formatDate } from "./date";
import { kindOf } from "./kind";
import { splitName, visibleName } from "./name";
import { formatDuration, formatProgress, formatSize } from "./size";

function at(...parts: [number, number, number, number, number]): number {
  return new Date(...parts).getTime();
}

describe("sizes", () => {
  it("are in units of 1000 with three digits at most", () => {
    const sizes = [
      0, 1, 120, 999, 1000, 6_000, 48_400, 999_499, 999_500, 4_000_000, 18_400_000, 99_960_000, 212_000_000,
    ];
    expect(sizes.map(formatSize)).toEqual([
      "0 bytes",
      "1 byte",
      "120 bytes",
      "999 bytes",
      "1 KB",
      "6 KB",
      "48 KB",
      "999 KB",
      "1.0 MB",
      "4.0 MB",
      "18.4 MB",
      "100 MB",
      "212 MB",
    ]);
    expect(formatSize(1_200_000_000)).toBe("1.2 GB");
    expect(formatSize(50e12)).toBe("50.0 TB");
  });

  it("of a progress share the unit of the whole", () => {
    expect(formatProgress(131_000_000, 212_000_000)).toBe("131 of 212 MB");
    expect(formatProgress(900_000_000, 1_200_000_000)).toBe("0.9 of 1.2 GB");
    expect(formatProgress(3, 120)).toBe("3 of 120 bytes");
  });

  it("and durations never promise zero", () => {
    expect([0, 0.2, 40, 59.2, 61, 180, 5_399, 5_400].map(formatDuration)).toEqual([
      "1 s",
      "1 s",
      "40 s",
      "60 s",
      "2 min",
      "3 min",
      "90 min",
      "2 h",
    ]);
  });
});

describe("dates", () => {
  const now = at(2026, 10, 24, 9, 20);

  it("are relative within a week and show the year when it is another one", () => {
    expect(formatDate(at(2026, 10, 24, 9, 14), now)).toBe("Today, 09:14");
    expect(formatDate(at(2026, 10, 23, 18, 2), now)).toBe("Yesterday, 18:02");
    expect(formatDate(at(2026, 10, 18, 11, 20), now)).toBe("Wed, 11:20");
    expect(formatDate(at(2026, 10, 12, 1, 0), now)).toBe("12 Nov");
    expect(formatDate(at(2026, 8, 2, 1, 0), now)).toBe("2 Sep");
    expect(formatDate(at(2025, 0, 12, 1, 0), now)).toBe("12 Jan 2025");
  });

  it("from a clock that is ahead are not called today or yesterday", () => {
    expect(formatDate(at(2026, 10, 26, 8, 0), now)).toBe("26 Nov");
  });

  it("head an album's days", () => {
    expect(dayHeading(at(2026, 10, 23, 0, 1), now)).toBe("Monday, 23 November");
    expect(dayHeading(at(2025, 0, 12, 23, 59), now)).toBe("Sunday, 12 January 2025");
    expect(dayId(at(2026, 0, 2, 23, 59))).toBe("2026-01-02");
  });
});

describe("names", () => {
  it("keep their last 12 characters, counted as people count", () => {
    const name = "a very long name that somebody gave to a report, really final (3).pdf";
    expect(splitName(name)).toEqual({ head: name.slice(0, -12), tail: "inal (3).pdf" });
    expect(splitName("short.txt")).toEqual({ head: "short.txt", tail: "" });
    const family = "👩‍👩‍👧‍👦".repeat(14);
    expect(splitName(family).tail).toBe("👩‍👩‍👧‍👦".repeat(12).slice(-splitName(family).tail.length));
    expect(splitName(family).head + splitName(family).tail).toBe(family);
  });

  it("hide nothing behind characters that turn the text around", () => {
    expect(visibleName("photo\u202egpj.exe")).toBe("photo\ufffdgpj.exe");
    expect(visibleName("a\nb\u0000")).toBe("a␊b␀");
    expect(visibleName("a b+ü 日本.txt")).toBe("a b+ü 日本.txt");
  });
});

describe("kinds", () => {
  it("follow the ending, then the media", () => {
    expect(kindOf("a.JPG", "image")).toBe("JPEG image");
    expect(kindOf("notes.md", "text")).toBe("Markdown");
    expect(kindOf("film.mov", "video")).toBe("Video");
    expect(kindOf("data.sqlite", "other")).toBe("File");
    expect(kindOf("data.dwg", "other")).toBe("DWG file");
    expect(kindOf(".profile", "other")).toBe("File");
    expect(kindOf("constructor", "other")).toBe("File");
    expect(kindOf("2026.jpg", "folder")).toBe("Folder");
  });
});
