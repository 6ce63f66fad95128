// Days with few pictures share lines: with many made-up albums, nothing is lost, out of order or upon something else.
import { describe, expect, it } from "vitest";
import type { AlbumSection } from "../../host";
import { blocksOf, roughLines, shaped } from "./blocks";
import { GAP, partsOf } from "./lines";
import { days, dice, shapesOf, wallOf } from "./madeUp";
import { heightOf, neighbour, placedLines, scrollToShow } from "./place";
import { APART, type Frame, NARROWEST_SECTION } from "./share";
import { stopAt, stopsOf } from "./scrub";

const frame: Frame = { width: 1000, tile: 200 };

/** Counts as in an album with few pictures a day, and now and then a feast. */
function sparse(many: number, seed: number): number[] {
  const next = dice(seed);
  return Array.from({ length: many }, () =>
    next() < 0.06 ? 30 + Math.floor(next() * 300) : 1 + Math.floor(next() * 3),
  );
}

const total = (sections: readonly AlbumSection[]) => sections.reduce((sum, { count }) => sum + count, 0);
const numbers = (from: number, end: number) => Array.from({ length: end - from }, (_, step) => from + step);

describe("short days", () => {
  it("hold every picture once and in order, each below the heading of its own day", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const sections = days(sparse(90, seed), 1 + (seed % 5));
      const wide: Frame = { width: 320 + seed * 31, tile: 76 + seed * 3 };
      const wall = wallOf(sections, wide, (block) => (block.start + seed) % 2 === 0);
      const parts = wall.blocks.flatMap((block, at) =>
        placedLines(wall, at)
          .flatMap((line) => partsOf(line))
          .map((part) => Object.assign(part, { block })),
      );
      expect(parts.flatMap(({ start, end }) => numbers(start, end))).toEqual(numbers(0, total(sections)));
      expect(parts.every(({ start, end, widths }) => widths.length === end - start)).toBe(true);
      const heads = parts.flatMap(({ head, block }) => (head ? [{ head, section: block.sections[head.at] }] : []));
      expect(heads.map(({ section }) => section?.id)).toEqual(sections.map(({ id }) => id));
      expect(heads.every(({ head, section }) => head.start === section?.start)).toBe(true);
    }
  });

  it("stand side by side and line below line: nothing lies upon anything or beyond the edge", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const wide: Frame = { width: 320 + seed * 31, tile: 76 + seed * 3 };
      const wall = wallOf(days(sparse(90, seed)), wide, (block) => (block.start + seed) % 3 !== 0);
      let bottom = 0;
      for (const at of wall.blocks.keys()) {
        for (const line of placedLines(wall, at)) {
          expect(line.top - line.above).toBeGreaterThanOrEqual(bottom);
          bottom = line.top + line.height;
          let [right, heading] = [0, 0];
          for (const [tile, left] of line.lefts.entries()) {
            expect(left).toBeGreaterThanOrEqual(right - 0.001);
            right = left + (line.widths[tile] ?? 0);
          }
          for (const { left, width } of line.heads) {
            expect(left).toBeGreaterThanOrEqual(heading);
            expect(width).toBeGreaterThanOrEqual(NARROWEST_SECTION - 0.001);
            heading = left + width;
          }
          expect(Math.max(right, heading)).toBeLessThan(wide.width + 0.01);
        }
      }
      expect(bottom).toBeLessThan(heightOf(wall));
    }
  });

  it("fill their line to the pixel, or are as high as wanted where that would blow them up", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const wall = wallOf(days(sparse(120, seed)), frame, () => true);
      for (const [at, { sections }] of wall.blocks.entries()) {
        if (sections.length === 1) continue;
        for (const { heads, height } of placedLines(wall, at)) {
          const [last] = heads.slice(-1);
          if (heads.length < 2 || !last) continue;
          const isFull = Math.abs(last.left + last.width - frame.width) < 0.01;
          expect(isFull || height === frame.tile, `${heads.length} days, ${height} high`).toBe(true);
          expect(height).toBeGreaterThan(frame.tile / 2.2);
          expect(height).toBeLessThanOrEqual(frame.tile * 1.3);
        }
      }
    }
  });

  it("take a third of the room that lines of their own took", () => {
    const sections = days(Array.from({ length: 200 }, () => 1));
    const own = 200 * (52 + frame.tile + GAP);
    expect(heightOf(wallOf(sections, frame, () => true))).toBeLessThan(own / 3);
  });

  it("share with nobody where they are long, have no date, or hold folders", () => {
    const [long, short, none, other] = days([9, 1, 2, 2]);
    if (!long || !short || !none || !other) throw new Error("four sections");
    const sections = [
      { ...other, id: "folders", start: 0 },
      { ...long, start: 2 },
      { ...short, start: 11 },
      { ...none, id: "none", start: 12 },
    ];
    const blocks = blocksOf(sections, frame);
    expect(blocks.map((block) => block.sections.map(({ id }) => id))).toEqual(sections.map(({ id }) => [id]));
  });

  it("that turn out wider than a line have lines of their own in between", () => {
    const [block] = blocksOf(days([2, 3, 2]), frame);
    if (!block) throw new Error("one block");
    expect(block.sections.length).toBe(3);
    const lines = shaped(block, [1, 1, 3, 3, 3, 1, 1], frame);
    expect(lines.map(({ heads }) => heads.map(({ at }) => at))).toEqual([[0], [1], [], [2]]);
    expect(lines[0]?.heads[0]?.width, "of a line to itself").toBe(frame.width);
    expect(lines[1]?.widths.reduce((sum, width) => sum + width + GAP, -GAP)).toBeCloseTo(frame.width, 3);
  });

  it("keep their blocks when a new day comes in above, and the shapes of one line stay its own", () => {
    const counts = sparse(400, 7);
    const before = new Set(blocksOf(days(counts), frame).map(({ id }) => id));
    const [, ...after] = blocksOf(days([2, ...counts], 1, Date.UTC(2026, 10, 24)), frame);
    expect(after.filter(({ id }) => !before.has(id)).length, "but for those of this year's run").toBeLessThan(2);
  });
});

describe("a wall of short days", () => {
  const sections = days(sparse(300, 3), 2);
  const wall = wallOf(sections, frame, (block) => block.start % 2 === 0);
  const last = total(sections) - 1;

  it("is walked by arrows as it looks: to the day beside, and to the line below", () => {
    const [first, second] = placedLines(wall, 0);
    if (!first || !second) throw new Error("two lines");
    for (let index = first.start; index < first.end; index++) {
      const below = neighbour(wall, index, "down", last);
      expect(below).toBeGreaterThanOrEqual(second.start);
      expect(below).toBeLessThan(second.end);
      const middle = (first.lefts[index] ?? 0) + (first.widths[index] ?? 0) / 2;
      const left = second.lefts[below - second.start] ?? 0;
      const right = second.lefts[below + 1 - second.start] ?? frame.width;
      expect(middle).toBeGreaterThanOrEqual(left - APART);
      expect(below === second.end - 1 || middle <= right).toBe(true);
    }
    for (let from = 0; from < last; from += 7) expect(neighbour(wall, from, "right", last)).toBe(from + 1);
  });

  it("shows a tile with the headings of its line", () => {
    for (let index = 0; index <= last; index += 31) {
      const top = scrollToShow(wall, index, heightOf(wall), 700);
      const line = wall.blocks
        .flatMap((_, at) => placedLines(wall, at))
        .find(({ start, end }) => index >= start && index < end);
      expect(top).toBeLessThanOrEqual((line?.top ?? 0) - (line?.above ?? 0));
    }
  });

  it("has a stop for each month, and one for months that begin in the same line", () => {
    const few = wallOf(
      days(
        Array.from({ length: 60 }, () => 1),
        20,
      ),
      frame,
      () => false,
    );
    const way = heightOf(few) - 700;
    const stops = stopsOf(few, way);
    expect(stops[0]?.top).toBe(0);
    expect(stops[0]?.name).toBe("September – November 2026");
    for (const [at, { top }] of stops.slice(1).entries()) expect(top).toBeGreaterThan(stops[at]?.top ?? 0);
    for (const stop of stops) expect(stops[stopAt(stops, stop.top)]).toBe(stop);
    const months = stopsOf(wall, heightOf(wall) - 700);
    expect(months.length).toBeGreaterThan(15);
    expect(months[1]?.name).toBe("October 2026");
  });

  it("is as high as its lines before anything is laid out", () => {
    for (const block of blocksOf(sections, frame).filter((one) => one.sections.length > 1)) {
      const shapes = block.sections.flatMap(({ count }) => shapesOf(count, 1).map(() => 1));
      expect(roughLines(block, frame)).toEqual(shaped(block, shapes, frame));
    }
  });
});
