// Made-up albums for the tests of the wall: the same in every run.
import type { AlbumSection } from "../../host";
import { type Block, blocksOf, estimatedHeight, heightOfLines, roughLines, shaped } from "./blocks";
import { shapeOf } from "./justify";
import type { WallLine } from "./lines";
import { topsOf, type Wall } from "./place";
import type { Frame } from "./share";

/** Numbers that look thrown and are the same in every run (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const CAMERA = [3 / 2, 2 / 3, 4 / 3, 3 / 4, 16 / 9, 1, 5, 0.2];

export function shapesOf(count: number, seed: number): number[] {
  const next = dice(seed);
  return Array.from({ length: count }, () => shapeOf(CAMERA[Math.floor(next() * CAMERA.length)] ?? 1, 1));
}

/** A day for each number of pictures, the newest first; every `step` days. */
export function days(counts: readonly number[], step = 1, newest = Date.UTC(2026, 10, 23)): AlbumSection[] {
  let start = 0;
  return counts.map((count, index) => {
    const id = new Date(newest - index * step * 86_400_000).toISOString().slice(0, 10);
    const section = { id, start, count, pictures: count, videos: 0, texts: 0, widths: count * 100 };
    start += count;
    return section;
  });
}

/** A wall on which the blocks of `laid` have their real shapes. */
export function wallOf(sections: readonly AlbumSection[], frame: Frame, laid: (block: Block) => boolean): Wall {
  const blocks = blocksOf(sections, frame);
  const linesOf = (at: number): readonly WallLine[] => {
    const block = blocks[at];
    if (!block) return [];
    return laid(block)
      ? shaped(block, shapesOf(block.end - block.start, block.start + 1), frame)
      : roughLines(block, frame);
  };
  const heights = blocks.map((block, at) =>
    laid(block) ? heightOfLines(block, linesOf(at)) : estimatedHeight(block, frame),
  );
  return { blocks, tops: topsOf(heights), linesOf };
}
