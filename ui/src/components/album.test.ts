// An album's order, days and lines, without drawing any.
import { describe, expect, it } from "vitest";
import rawTypes from "../../../tests/fixtures/raw-types.json";
import type { Media, Row } from "../host";
import { albumLines, lineOf, neighbour, rowsOf } from "./albumLayout";
import { contentTypeOf, mediaOfType } from "./contentType";
import { itemOf, ordered } from "./order";
import { contentsOf, plainSections, sectionsByDay } from "./sections";

const at = (month: number, day: number, hour = 9, year = 2026) => new Date(year, month - 1, day, hour).getTime();
const NOW = at(11, 24);

function row(id: number, media: Media, modified: number | null): Row {
  const name = `${media} ${id}`;
  return {
    id,
    name,
    key: name,
    kind: media === "folder" ? "folder" : "file",
    media,
    size: id,
    modified,
    etag: `e${id}`,
  };
}

describe("an album's days", () => {
  const rows = [
    row(1, "folder", null),
    row(2, "image", at(11, 23, 20)),
    row(3, "image", at(11, 23, 8)),
    row(4, "text", at(11, 23, 0)),
    row(5, "video", at(11, 21)),
    row(6, "image", at(11, 21, 9, 2025)),
    row(7, "image", null),
  ];

  it("have the words of the date and of what is in them", () => {
    expect(sectionsByDay(rows, NOW, false).map(({ title, text, start }) => [title, text, start])).toEqual([
      ["Folders", "1 folder", 0],
      ["Monday, 23 November", "2 photos, 1 note", 1],
      ["Saturday, 21 November", "1 video", 4],
      ["Friday, 21 November 2025", "1 photo", 5],
      ["No date", "1 photo", 6],
    ]);
  });

  it("do not count a day that is still arriving", () => {
    const sections = sectionsByDay(rows.slice(0, 3), NOW, true);
    expect(sections.map(({ text }) => text)).toEqual(["1 folder", ""]);
  });

  it("count everything once", () => {
    expect(contentsOf([row(1, "pdf", null), row(2, "archive", null), row(3, "image", null)])).toBe(
      "1 photo, 2 other files",
    );
  });
});

describe("an album's lines", () => {
  const rows = Array.from({ length: 11 }, (_, index) => row(index, "image", index < 7 ? at(11, 23) : at(11, 21)));
  const lines = albumLines(sectionsByDay(rows, NOW, false), 1000);

  it("fill the width and hold every tile once, in order", () => {
    expect(lines.map(({ start, end }) => [start, end])).toEqual([
      [0, 5],
      [5, 7],
      [7, 11],
    ]);
    expect(lines.map(({ above }) => above > 0)).toEqual([true, false, true]);
    const [first] = lines;
    const part = first?.parts[0];
    expect(((part?.tile ?? 0) + 6) * 5 - 6).toBeCloseTo(1000, 6);
    expect(lines.flatMap(({ parts }) => parts.map(({ row: of }) => of))).toEqual([2, 3, 5]);
    expect(rowsOf(lines)).toBe(5);
  });

  it("are walked by arrows as they look", () => {
    expect(neighbour(lines, 1, "down", 10)).toBe(6);
    expect(neighbour(lines, 4, "down", 10)).toBe(6);
    expect(neighbour(lines, 6, "down", 10)).toBe(8);
    expect(neighbour(lines, 8, "up", 10)).toBe(6);
    expect(neighbour(lines, 0, "up", 10)).toBe(0);
    expect(neighbour(lines, 10, "right", 10)).toBe(10);
    expect(neighbour(lines, -1, "down", 10)).toBe(0);
    expect(lineOf(lines, 8)).toBe(2);
  });

  it("are shared by days that are short, whatever their numbers: nothing lost, nothing upon anything", () => {
    for (let seed = 1; seed <= 80; seed++) {
      const counts = Array.from({ length: 30 }, (_, day) => 1 + ((day * 7 + seed * 13) % 9) * ((day + seed) % 2));
      const days = counts.flatMap((count, day) => Array.from({ length: count }, () => at(10, 1) - day * 86_400_000));
      const all = days.map((when, index) => row(index, "image", when));
      const width = 300 + seed * 23;
      const some = albumLines(sectionsByDay(all, NOW, false), width);
      expect(some.flatMap(({ start, end }) => all.slice(start, end))).toEqual(all);
      const parts = some.flatMap((line) => line.parts);
      expect(parts.filter(({ begins }) => begins).map(({ section }) => section.rows.length)).toEqual(counts);
      for (const line of some) {
        let [end, right] = [line.start, -28];
        for (const part of line.parts) {
          expect(part.start).toBe(end);
          expect(part.left).toBeCloseTo(right + 28, 3);
          end = part.end;
          right = part.left + (part.end - part.start) * (part.tile + 6) - 6;
        }
        expect(end).toBe(line.end);
        expect(right).toBeLessThan(width + 0.01);
      }
      for (let index = 0; index < all.length; index += 5) {
        const down = neighbour(some, index, "down", all.length - 1);
        expect(lineOf(some, down) - lineOf(some, index)).toBe(index >= (some.at(-1)?.start ?? 0) ? 0 : 1);
      }
    }
    const sparse = Array.from({ length: 40 }, (_, day) => row(day, "image", at(10, 1) - day * 86_400_000));
    expect(albumLines(sectionsByDay(sparse, NOW, false), 1000)).toHaveLength(8);
    expect(albumLines(sectionsByDay(sparse, NOW, true), 1000).at(-1)?.parts, "the last day may grow").toHaveLength(1);
  });

  it("of one narrow column still show something", () => {
    const narrow = albumLines(plainSections(rows), 90);
    expect(narrow).toHaveLength(11);
    expect(narrow.every(({ height }) => height > 0)).toBe(true);
  });
});

describe("an album's order", () => {
  const items = [row(2, "image", at(1, 2)), row(1, "image", null), row(3, "image", at(1, 1))].map((one) => itemOf(one));
  const ids = (sort: Parameters<typeof ordered>[1]) => ordered(items, sort).map(({ id }) => id);

  it("is by date downwards unless told otherwise, undated last", () => {
    expect(ids("lastModified")).toEqual([2, 3, 1]);
    expect(ids("lastModified asc")).toEqual([1, 3, 2]);
  });

  it("goes up for any other field, and stays for one that is not there", () => {
    expect(ids("key")).toEqual([1, 2, 3]);
    expect(ids("size desc")).toEqual([3, 2, 1]);
    expect(ids("nothing")).toEqual([2, 1, 3]);
  });

  it("may be a function", () => {
    expect(ids((list) => list.toReversed())).toEqual([3, 1, 2]);
  });
});

describe("an item's type", () => {
  it.each(Object.entries(rawTypes))("of a raw file (%s) is the one that the host stores it with", (ending, type) => {
    expect(contentTypeOf(`DSC_1.${ending.toUpperCase()}`)).toBe(type);
    expect(mediaOfType(type)).toBe("image");
  });
});
