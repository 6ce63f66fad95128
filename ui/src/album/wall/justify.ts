// Breaks tiles into lines that fill the width: the heights differ as little as they can from the one that is wanted. Pure.

export type Line = {
  /** Index of the first tile, and behind the last one. */
  start: number;
  end: number;
  /** Height of its tiles in CSS pixels. */
  height: number;
  /** Widths of its tiles, one by one. */
  widths: readonly number[];
};

export type Wanted = {
  /** Of the line. */
  width: number;
  /** Of a tile, as nearly as the widths allow. */
  height: number;
  gap: number;
  /** The last line may end early: nothing of its section follows. */
  ragged: boolean;
};

/** Panoramas and strips are cut to these shapes (across by down), or one tile would fill the window. Rust counts with the same. */
const NARROWEST = 0.4;
const WIDEST = 3;
/** A line that would be higher than this many times what is wanted is not worth trying. */
const TALLEST = 2.5;
/** What an empty last line costs: one picture left over looks worse than lines that are a little lower. */
const LEFT_OVER = 0.1;

export function shapeOf(width: number, height: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, width / height));
}

/** The lines of tiles with these shapes; `first` is the index of the first tile. */
export function justified(shapes: readonly number[], first: number, wanted: Wanted): Line[] {
  const breaks = bestBreaks(shapes, wanted);
  const lines: Line[] = [];
  let start = 0;
  for (const end of breaks) {
    const some = shapes.slice(start, end);
    const filled = heightOf(sum(some), some.length, wanted);
    const isRagged = wanted.ragged && end === shapes.length && filled > wanted.height;
    const height = Math.round(isRagged ? wanted.height : Math.min(filled, wanted.height * TALLEST));
    // A line fills the width to the pixel; only the ragged one ends where its tiles end.
    const share = isRagged ? height : (wanted.width - wanted.gap * (some.length - 1)) / sum(some);
    lines.push({ start: first + start, end: first + end, height, widths: some.map((shape) => shape * share) });
    start = end;
  }
  return lines;
}

/** Where lines end, by the least sum of squared differences from the wanted height. */
function bestBreaks(shapes: readonly number[], wanted: Wanted): number[] {
  const costs = [0];
  const from = [0];
  for (let end = 1; end <= shapes.length; end++) {
    let [best, at] = [Number.POSITIVE_INFINITY, end - 1];
    let together = 0;
    for (let start = end - 1; start >= 0; start--) {
      together += shapes[start] ?? 1;
      const height = heightOf(together, end - start, wanted);
      const tooLow = height < wanted.height / TALLEST;
      if (tooLow && start < end - 1) break;
      const isEarly = wanted.ragged && end === shapes.length && height > wanted.height;
      const bad = isEarly ? LEFT_OVER * (1 - wanted.height / height) : badness(height / wanted.height);
      const cost = (costs[start] ?? 0) + bad;
      if (cost < best) [best, at] = [cost, start];
    }
    costs.push(best);
    from.push(at);
  }
  const breaks: number[] = [];
  for (let end = shapes.length; end > 0; end = from[end] ?? 0) breaks.unshift(end);
  return breaks;
}

/** Twice as high is as bad as half as high; no line at all would cost nothing, so every line costs a little. */
function badness(ratio: number): number {
  return 0.001 + Math.log(ratio) ** 2;
}

function heightOf(shapes: number, tiles: number, { width, gap }: Wanted): number {
  return Math.max(1, width - gap * (tiles - 1)) / shapes;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
