// Lets days with few pictures share a line, each below a small heading of its own. Which of them may is decided by what Rust knows of
// their shapes, anew with each answer of sections and not picture by picture; where lines end is decided by the shapes themselves. Pure.
import { albumSpacing } from "../../components";
import type { AlbumSection } from "../../host";
import { type Line, justified } from "./justify";
import { GAP, type Head, plain, type WallLine } from "./lines";

export const APART = albumSpacing.apart;
/** The heading of a section that shares its line, and of those at the very top. */
export const SMALL_HEADING = 44;
export const FIRST_SMALL_HEADING = 36;
/** A heading needs this much, however narrow its pictures are. */
export const NARROWEST_SECTION = 128;
/** Tiles may become this much higher than wanted where that fills the line. */
const STRETCHED = 1.3;
/** What an unfilled line costs, beside lines that are too low. */
const UNFILLED = 0.3;

/** Of a line, and of a tile. */
export type Frame = { width: number; tile: number };

/** Sections side by side in the wall, short ones together: no more than `most` tiles, and of one year. */
export function runsOf(sections: readonly AlbumSection[], frame: Frame, most: number): AlbumSection[][] {
  const runs: AlbumSection[][] = [];
  let open: { run: AlbumSection[]; tiles: number } | null = null;
  // From the oldest on: what comes in at the top leaves the runs below it as they are.
  for (const section of sections.toReversed()) {
    const next = open?.run.at(-1);
    const isShort = leavesRoom(section, frame);
    if (open && next && isShort && yearOf(next) === yearOf(section) && open.tiles + section.count <= most) {
      open.run.push(section);
      open.tiles += section.count;
      continue;
    }
    const run = [section];
    runs.push(run);
    open = isShort ? { run, tiles: section.count } : null;
  }
  return runs.map((run) => run.toReversed()).toReversed();
}

/** The lines of sections that share them; `shapes` of all their tiles, `first` the index of the first one. */
export function sharedLines(
  sections: readonly AlbumSection[],
  shapes: readonly number[],
  first: number,
  { frame, above }: { frame: Frame; above: { first: number; others: number } },
): WallLine[] {
  const days = daysOf(sections, shapes, first);
  const lines: WallLine[] = [];
  let start = 0;
  for (const end of bestBreaks(days, frame)) {
    const some = days.slice(start, end);
    const room = lines.length === 0 ? above.first : above.others;
    const [only] = some;
    if (only && some.length === 1 && widthAt(only, frame.tile) > frame.width) lines.push(...alone(only, frame, room));
    else lines.push(together(some, frame, room));
    start = end;
  }
  return lines;
}

type Day = { at: number; start: number; shapes: readonly number[]; across: number };

function daysOf(sections: readonly AlbumSection[], shapes: readonly number[], first: number): Day[] {
  let start = first;
  return sections.map(({ count }, at) => {
    const own = shapes.slice(start - first, start - first + count);
    start += count;
    return { at, start: start - count, shapes: own, across: own.reduce((sum, shape) => sum + shape, 0) };
  });
}

/** Dated, and so short that another one fits beside it. */
function leavesRoom({ id, count, widths }: AlbumSection, { width, tile }: Frame): boolean {
  const own = (widths / 100) * tile + GAP * (count - 1);
  return /^\d{4}/.test(id) && Math.max(own, NARROWEST_SECTION) + APART + NARROWEST_SECTION <= width;
}

function yearOf({ id }: AlbumSection): string {
  return id.slice(0, 4);
}

/** Where lines end, by the least cost of all of them together. */
function bestBreaks(days: readonly Day[], frame: Frame): number[] {
  const costs = [0];
  const from = [0];
  for (let end = 1; end <= days.length; end++) {
    let [best, at] = [Number.POSITIVE_INFINITY, end - 1];
    for (let start = end - 1; start >= 0; start--) {
      const some = days.slice(start, end);
      const least = some.length * (NARROWEST_SECTION + APART) - APART;
      if (start < end - 1 && least > frame.width) break;
      const cost = (costs[start] ?? 0) + costOf(some, frame, end === days.length);
      if (cost < best) [best, at] = [cost, start];
    }
    costs.push(best);
    from.push(at);
  }
  const breaks: number[] = [];
  for (let end = days.length; end > 0; end = from[end] ?? 0) breaks.unshift(end);
  return breaks;
}

/** Low lines are bad, and so are lines that end early; every line costs a little. */
function costOf(days: readonly Day[], frame: Frame, isLast: boolean): number {
  const ratio = heightToFill(days, frame.width) / frame.tile;
  if (ratio <= 1) return days.length === 1 ? 0.01 : 0.01 + Math.log(Math.max(ratio, 0.01)) ** 2;
  const isEarly = ratio > STRETCHED;
  return 0.01 + (isEarly ? (isLast ? 0.1 : 1) * UNFILLED * (1 - 1 / ratio) : Math.log(ratio) ** 2);
}

/** One line of several sections: filled to the pixel where that makes its tiles hardly higher than wanted. */
function together(days: readonly Day[], frame: Frame, above: number): WallLine {
  const filling = heightToFill(days, frame.width);
  const exact = filling <= frame.tile * STRETCHED ? filling : frame.tile;
  const widths: number[] = [];
  const lefts: number[] = [];
  const heads: Head[] = [];
  let left = 0;
  for (const day of days) {
    const width = widthAt(day, exact);
    heads.push({ at: day.at, start: day.start, left, width: days.length > 1 ? width : frame.width });
    let tile = left;
    for (const shape of day.shapes) {
      widths.push(shape * exact);
      lefts.push(tile);
      tile += shape * exact + GAP;
    }
    left += width + APART;
  }
  const start = days[0]?.start ?? 0;
  return { start, end: start + widths.length, height: Math.round(exact), widths, lefts, above, heads };
}

/** A section that turned out wider than a line has lines to itself. */
function alone(day: Day, { width, tile }: Frame, above: number): WallLine[] {
  const lines: Line[] = justified(day.shapes, day.start, { width, height: tile, gap: GAP, ragged: true });
  const head: Head = { at: day.at, start: day.start, left: 0, width };
  return lines.map((line, at) => plain(line, at === 0 ? above : 0, at === 0 ? [head] : []));
}

function widthAt({ shapes, across }: Day, height: number): number {
  return Math.max(NARROWEST_SECTION, across * height + GAP * (shapes.length - 1));
}

/** The height at which sections fill a line: narrow ones are held by their headings, the others share what is left. */
function heightToFill(days: readonly Day[], width: number): number {
  const room = width - APART * (days.length - 1);
  let held = new Set<Day>();
  for (;;) {
    const free = days.filter((day) => !held.has(day));
    if (free.length === 0) return Number.POSITIVE_INFINITY;
    const gaps = free.reduce((sum, { shapes }) => sum + GAP * (shapes.length - 1), 0);
    const across = free.reduce((sum, day) => sum + day.across, 0);
    const height = Math.max(1, room - NARROWEST_SECTION * held.size - gaps) / across;
    const narrow = free.filter((day) => day.across * height + GAP * (day.shapes.length - 1) < NARROWEST_SECTION);
    if (narrow.length === 0) return height;
    held = new Set([...held, ...narrow]);
  }
}
