// Where blocks and tiles of the wall stand, what is on screen, and where the arrows lead. Pure, but for remembering what was counted.
import type { Block } from "./blocks";
import { GAP, type WallLine } from "./lines";

/** Tiles further away than this are somewhere else: whoever followed them would be carried off. */
const FAR = 300;

/** Above the first block and below the last one. */
export const PADDING = { top: 12, bottom: 24 };

export type Wall = {
  blocks: readonly Block[];
  /** Top of each block, and of what is behind the last one. */
  tops: readonly number[];
  /** The lines of a block, as far as its shapes are known, else squares. */
  linesOf: (block: number) => readonly WallLine[];
};

export type Direction = "left" | "right" | "up" | "down";

export function topsOf(heights: readonly number[]): number[] {
  const tops = [PADDING.top];
  for (const height of heights) tops.push((tops.at(-1) ?? 0) + height);
  return tops;
}

export function heightOf({ tops }: Wall): number {
  return (tops.at(-1) ?? 0) + PADDING.bottom;
}

/** Blocks that touch the pixels from `top` to `bottom`: the first, and behind the last. */
export function blocksIn({ tops, blocks }: Wall, top: number, bottom: number): { first: number; end: number } {
  const first = lastAtOrBefore(tops, top);
  let end = first;
  while (end < blocks.length && (tops[end] ?? 0) < bottom) end += 1;
  return { first: Math.min(first, Math.max(0, blocks.length - 1)), end };
}

/** The block that holds a tile, or -1. */
export function blockOf({ blocks }: Wall, index: number): number {
  const block = lastAtOrBefore(
    blocks.map(({ start }) => start),
    index,
  );
  return index >= 0 && index < (blocks[block]?.end ?? 0) ? block : -1;
}

/** A line, and where its tiles begin: below its headings. */
export type PlacedLine = WallLine & { top: number };

const placed = new WeakMap<Wall, Map<number, readonly PlacedLine[]>>();

/** Counted once for a wall: the same lines are the same objects from one scroll to the next. */
export function placedLines(wall: Wall, block: number): readonly PlacedLine[] {
  const known = placed.get(wall) ?? new Map<number, readonly PlacedLine[]>();
  placed.set(wall, known);
  const lines = known.get(block) ?? countedLines(wall, block);
  known.set(block, lines);
  return lines;
}

function countedLines(wall: Wall, block: number): PlacedLine[] {
  let top = wall.tops[block] ?? 0;
  return wall.linesOf(block).map((line) => {
    const here = placedAt(line, top + line.above);
    top += line.above + line.height + GAP;
    return here;
  });
}

function placedAt(line: WallLine, top: number): PlacedLine {
  return { ...line, top };
}

export function lineOf(wall: Wall, index: number): PlacedLine | null {
  const block = blockOf(wall, index);
  if (block < 0) return null;
  return placedLines(wall, block).find(({ start, end }) => index >= start && index < end) ?? null;
}

/** A tile and how far below the upper edge its line begins: what stays where it is when everything else moves. */
export type Anchor = { index: number; below: number };

export function anchorAt(wall: Wall, scrollTop: number): Anchor | null {
  const { first, end } = blocksIn(wall, scrollTop, scrollTop + 1_000);
  for (let block = first; block < end; block++) {
    for (const line of placedLines(wall, block)) {
      if (line.top + line.height > scrollTop) return { index: line.start, below: line.top - scrollTop };
    }
  }
  return null;
}

/** Every tile that is seen, at most so many of them, with where it stands. */
export function anchorsIn(wall: Wall, scrollTop: number, viewport: number, most: number): Anchor[] {
  const { first, end } = blocksIn(wall, scrollTop, scrollTop + viewport);
  const anchors: Anchor[] = [];
  for (let block = first; block < end; block++) {
    for (const { start, end: behind, top, height } of placedLines(wall, block)) {
      if (top + height <= scrollTop || top >= scrollTop + viewport) continue;
      for (let index = start; index < behind; index++) anchors.push({ index, below: top - scrollTop });
    }
  }
  const step = Math.max(1, Math.ceil(anchors.length / most));
  return anchors.filter((_, at) => at % step === 0);
}

/** Of tiles that were seen, with where they stand in the new order: the one that moved least, unless all went far away. */
export function steadiest(moved: readonly { from: Anchor; to: number | null }[]): Anchor | null {
  let [best, least] = [null as Anchor | null, FAR];
  for (const { from, to } of moved) {
    const way = to === null ? FAR : Math.abs(to - from.index);
    if (to !== null && way < least) [best, least] = [{ index: to, below: from.below }, way];
  }
  return best;
}

export function scrollTopFor(wall: Wall, { index, below }: Anchor): number | null {
  const line = lineOf(wall, index);
  return line && Math.max(0, line.top - below);
}

/** The scroll position that shows a tile's line whole, moving as little as possible. */
export function scrollToShow(wall: Wall, index: number, scrollTop: number, viewport: number): number {
  const line = lineOf(wall, index);
  if (!line) return scrollTop;
  // A heading above the first line of a section comes along.
  const [above, below] = [line.top - line.above - PADDING.top, line.top + line.height + PADDING.top];
  if (above < scrollTop) return Math.max(0, above);
  return below > scrollTop + viewport ? below - viewport : scrollTop;
}

/** Where an arrow leads from a tile; from -1, which is nowhere, to the first one. */
export function neighbour(wall: Wall, from: number, direction: Direction, last: number): number {
  if (from < 0) return 0;
  if (direction === "left") return Math.max(0, from - 1);
  if (direction === "right") return Math.min(last, from + 1);
  const block = blockOf(wall, from);
  if (block < 0) return from;
  const lines = wall.linesOf(block);
  const at = lines.findIndex(({ start, end }) => from >= start && from < end);
  const here = lines[at];
  const next =
    direction === "up"
      ? (lines[at - 1] ?? wall.linesOf(block - 1).at(-1))
      : (lines[at + 1] ?? wall.linesOf(block + 1)[0]);
  if (!here || !next) return from;
  const middle = (here.lefts[from - here.start] ?? 0) + (here.widths[from - here.start] ?? 0) / 2;
  return nearest(next, middle);
}

function nearest(line: WallLine, x: number): number {
  let index = line.start;
  while (index < line.end - 1 && (line.lefts[index + 1 - line.start] ?? 0) - GAP / 2 <= x) index += 1;
  return index;
}

/** Index of the last number that is not greater; 0 where all are. */
function lastAtOrBefore(numbers: readonly number[], wanted: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
