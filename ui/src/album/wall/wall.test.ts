// The layout of an album's wall, with many made-up albums: every picture once, lines that fill, and nothing that jumps.
import { describe, expect, it } from "vitest";
import type { AlbumSection } from "../../host";
import { blocksOf, estimatedHeight, heightOfLines, roughLines, shaped } from "./blocks";
import { justified } from "./justify";
import { GAP } from "./lines";
import { dice, shapesOf, wallOf } from "./madeUp";
import {
  anchorAt,
  anchorsIn,
  steadiest,
  blocksIn,
  heightOf,
  neighbour,
  placedLines,
  scrollTopFor,
  scrollToShow,
} from "./place";
import { labelsOf, stopAt, stopFor, stopsOf } from "./scrub";

function sectionsOf(counts: readonly number[]): AlbumSection[] {
  let start = 0;
  return counts.map((count, index) => {
    const id = new Date(Date.UTC(2026, 10, 23 - index * 9)).toISOString().slice(0, 10);
    const section = { id, start, count, pictures: count, videos: 0, texts: 0, widths: count * 100 };
    start += count;
    return section;
  });
}

describe("justified lines", () => {
  it("hold every picture once and in order, whatever their shapes", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const shapes = shapesOf(1 + (seed % 67), seed);
      const lines = justified(shapes, 10, {
        width: 300 + seed * 9,
        height: 80 + seed,
        gap: GAP,
        ragged: seed % 2 === 0,
      });
      const held = lines.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, step) => start + step));
      expect(held).toEqual(shapes.map((_, index) => index + 10));
      expect(lines.every(({ start, end, widths }) => widths.length === end - start)).toBe(true);
    }
  });

  it("fill the width to the pixel, all but the last of a section", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const width = 400 + seed * 7;
      const shapes = shapesOf(40, seed);
      for (const ragged of [true, false]) {
        const lines = justified(shapes, 0, { width, height: 180, gap: GAP, ragged });
        for (const [at, line] of lines.entries()) {
          const filled = line.widths.reduce((sum, one) => sum + one, 0) + GAP * (line.widths.length - 1);
          const mayEnd = ragged && at === lines.length - 1;
          expect(mayEnd ? Math.max(filled, width) : filled).toBeCloseTo(width, 3);
        }
      }
    }
  });

  it("are about as high as was wanted", () => {
    for (let seed = 1; seed <= 100; seed++) {
      const lines = justified(shapesOf(120, seed), 0, { width: 1000, height: 180, gap: GAP, ragged: true });
      for (const { height } of lines) {
        expect(height).toBeGreaterThan(180 / 1.8);
        expect(height).toBeLessThan(180 * 1.8);
      }
    }
  });

  it("do not blow up a single picture", () => {
    const [line] = justified([0.5], 0, { width: 1000, height: 180, gap: GAP, ragged: true });
    expect([line?.height, line?.widths]).toEqual([180, [90]]);
  });
});

describe("the wall", () => {
  const frame = { width: 1000, tile: 200 };

  it("is cut into blocks without gaps that end with full lines of squares", () => {
    for (let seed = 1; seed <= 100; seed++) {
      const next = dice(seed);
      const sections = sectionsOf(Array.from({ length: 12 }, () => 1 + Math.floor(next() * 700)));
      const blocks = blocksOf(sections, { width: 300 + seed * 11, tile: 76 + seed });
      let behind = 0;
      for (const block of blocks) {
        expect(block.start).toBe(behind);
        behind = block.end;
        const lines = roughLines(block, { width: 300 + seed * 11, tile: 76 + seed });
        expect(block.last || new Set(lines.map(({ start, end }) => end - start)).size === 1).toBe(true);
      }
      expect(behind).toBe(sections.reduce((sum, { count }) => sum + count, 0));
    }
  });

  it("keeps the tile under the upper edge where it is when pictures above or in view get their shapes", () => {
    const sections = sectionsOf([40, 500, 3, 900, 70, 1, 260]);
    for (let seed = 1; seed <= 60; seed++) {
      const before = wallOf(sections, frame, () => false);
      const scrollTop = dice(seed)() * (heightOf(before) - 700);
      const anchor = anchorAt(before, scrollTop);
      const after = wallOf(sections, frame, (block) => (block.start * 7 + seed) % 3 !== 0);
      const to = anchor && scrollTopFor(after, anchor);
      if (!anchor || to === null) throw new Error("every position has a tile");
      const line = placedLines(
        after,
        after.blocks.findIndex(({ end }) => anchor.index < end),
      ).find(({ start, end }) => anchor.index >= start && anchor.index < end);
      // At the very top there is nothing to move away from.
      expect(to === 0 ? anchor.below : (line?.top ?? 0) - to).toBeCloseTo(anchor.below, 3);
    }
  });

  it("follows the tile that moved least when dates are learned, and nobody who went far away", () => {
    const [a, b, c] = [10, 11, 12].map((index) => ({ index, below: index }));
    if (!a || !b || !c) throw new Error("three tiles");
    const carried = { from: a, to: 90_000 };
    expect(steadiest([carried, { from: b, to: 40 }, { from: c, to: 15 }])).toEqual({ index: 15, below: 12 });
    expect(steadiest([carried, { from: b, to: null }])).toBeNull();
    const wall = wallOf(sectionsOf([40, 500]), frame, () => false);
    const seen = anchorsIn(wall, 600, 700, 12);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.length).toBeLessThanOrEqual(12);
    for (const anchor of seen) expect(scrollTopFor(wall, anchor)).toBeCloseTo(600, 3);
  });

  it("costs a few hundred numbers for 100,000 pictures, and no element is taller than a web view draws", () => {
    const sections = sectionsOf(Array.from({ length: 1_000 }, () => 100));
    const wall = wallOf(sections, frame, () => false);
    expect(wall.blocks.length).toBeLessThan(2_000);
    expect(heightOf(wall)).toBeLessThan(16_000_000);
    const { first, end } = blocksIn(wall, 2_000_000, 2_000_700);
    expect(end - first).toBeLessThan(5);
    expect(wall.tops[first]).toBeLessThanOrEqual(2_000_000);
    expect(wall.tops[end] ?? 0).toBeGreaterThanOrEqual(2_000_700);
  });

  it("tells the height of a block nobody laid out from what Rust knows of its shapes", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const shapes = shapesOf(300, seed);
      const widths = shapes.reduce((sum, shape) => sum + Math.floor(shape * 100), 0);
      const [section] = sectionsOf([300]);
      if (!section) throw new Error("one section");
      const blocks = blocksOf([{ ...section, widths }], frame);
      for (const block of blocks) {
        const real = heightOfLines(block, shaped(block, shapes.slice(block.start, block.end), frame));
        expect(Math.abs(estimatedHeight(block, frame) - real) / real).toBeLessThan(0.25);
      }
    }
  });

  it("is walked by arrows as it looks, over blocks and sections", () => {
    const wall = wallOf(sectionsOf([7, 400]), frame, (block) => block.start > 0);
    expect(neighbour(wall, -1, "down", 406)).toBe(0);
    expect(neighbour(wall, 0, "left", 406)).toBe(0);
    expect(neighbour(wall, 406, "right", 406)).toBe(406);
    expect(neighbour(wall, 1, "down", 406)).toBe(6);
    for (let from = 0; from < 407; from++) {
      const down = neighbour(wall, from, "down", 406);
      expect(down).toBeGreaterThanOrEqual(from);
      const back = down === from ? from : neighbour(wall, down, "up", 406);
      expect(Math.abs(back - from)).toBeLessThan(4);
    }
  });

  it("names the same lines by the same objects until it is laid out anew", () => {
    const sections = sectionsOf([40, 40]);
    const [rough, laid] = [false, true].map((known) => wallOf(sections, frame, () => known));
    if (!rough || !laid) throw new Error("two walls");
    expect(placedLines(rough, 1)).toBe(placedLines(rough, 1));
    expect(placedLines(laid, 1)[0]?.top, "each wall has its own").not.toBe(placedLines(rough, 1)[0]?.top);
  });

  it("shows a tile whole, moving as little as possible, with the heading of its section", () => {
    const wall = wallOf(sectionsOf([40, 40]), frame, () => false);
    expect(scrollToShow(wall, 0, 0, 700)).toBe(0);
    const down = scrollToShow(wall, 79, 0, 700);
    expect(scrollToShow(wall, 79, down, 700)).toBe(down);
    const second = placedLines(wall, 1)[0];
    expect(scrollToShow(wall, 40, 5_000, 700)).toBeLessThan((second?.top ?? 0) - 50);
  });
});

describe("the scrubber", () => {
  const wall = wallOf(sectionsOf(Array.from({ length: 90 }, () => 30)), { width: 1000, tile: 200 }, () => false);
  const way = heightOf(wall) - 700;
  const stops = stopsOf(wall, way);

  it("has a stop a month, named in words", () => {
    expect(stops[0]).toMatchObject({ id: "2026-11", name: "November 2026" });
    expect(new Set(stops.map(({ id }) => id)).size).toBe(stops.length);
    expect(stopAt(stops, 0)).toBe(0);
    expect(stops[stopAt(stops, (stops[5]?.top ?? 0) + 10)]?.id).toBe(stops[5]?.id);
  });

  it("ends at the last month, whatever is in view with it, and leads away from there", () => {
    const high = heightOf(wall) - 12_000;
    const few = stopsOf(wall, high);
    expect(few.length, "several months begin in the last view").toBeLessThan(stops.length);
    expect(few.map(({ top }) => top).filter((top) => top >= high)).toEqual([high]);
    expect(few.at(-1)?.id).toBe(stops.at(-1)?.id);
    expect(stopAt(few, high)).toBe(few.length - 1);
    expect(stopFor("ArrowUp", few, few.length - 1)).toBe(few.length - 2);
    expect(labelsOf(few, high, 640).every(({ at }) => at <= 640)).toBe(true);
    const short = wallOf(sectionsOf([3, 40, 2, 3]), { width: 1000, tile: 200 }, () => false);
    const names = stopsOf(short, 10).map(({ top }) => top);
    expect(names, "a wall hardly higher than the view").toEqual([0, 10]);
  });

  it("goes by months, years and to the ends", () => {
    expect(stopFor("ArrowDown", stops, 0)).toBe(1);
    expect(stopFor("ArrowUp", stops, 0)).toBe(0);
    expect(stops[stopFor("PageDown", stops, 0) ?? 0]?.id.slice(0, 4)).toBe("2025");
    expect(stopFor("PageUp", stops, 3)).toBe(0);
    expect(stopFor("End", stops, 0)).toBe(stops.length - 1);
    expect(stopFor("x", stops, 0)).toBeNull();
  });

  it("never lets two years touch", () => {
    const labels = labelsOf(stops, way, 30);
    for (const [at, { at: top }] of labels.slice(1).entries())
      expect(top - (labels[at]?.at ?? 0)).toBeGreaterThanOrEqual(22);
    expect(labelsOf(stops, way, 640).map(({ text }) => text)).toEqual(["2026", "2025", "2024"]);
  });
});
