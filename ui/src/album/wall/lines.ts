// What a line of the wall is, drawn and placed: its tiles, and above them the headings of the sections that begin in it. Pure.
import { albumSpacing } from "../../components";
import type { Line } from "./justify";

export const GAP = albumSpacing.gap;

/** The heading of a section that begins in a line. */
export type Head = {
  /** Which of its block's sections. */
  at: number;
  /** Index of its first tile. */
  start: number;
  left: number;
  width: number;
};

export type WallLine = Line & {
  /** Where its tiles begin, one by one. */
  lefts: readonly number[];
  /** The height of the headings, above `height`. */
  above: number;
  heads: readonly Head[];
};

/** The tiles of one section in a line, and its heading if it begins there. */
export type Part = { start: number; end: number; left: number; widths: readonly number[]; head: Head | null };

/** Tiles side by side. */
export function plain(line: Line, above: number, heads: readonly Head[]): WallLine {
  let left = 0;
  const lefts = line.widths.map((width) => {
    left += width + GAP;
    return left - width - GAP;
  });
  return { ...line, lefts, above, heads };
}

/** The sections that share a line; a line without a heading goes on with the section before. */
export function partsOf({ start, end, widths, lefts, heads }: WallLine): Part[] {
  if (heads.length === 0) return [{ start, end, left: 0, widths, head: null }];
  return heads.map((head, at) => {
    const behind = heads[at + 1]?.start ?? end;
    const some = widths.slice(head.start - start, behind - start);
    return { start: head.start, end: behind, left: lefts[head.start - start] ?? 0, widths: some, head };
  });
}

/** The same line where other tiles have come in above it. */
export function movedBy(line: WallLine, by: number): WallLine {
  const heads = line.heads.map((head) => ({ ...head, start: head.start + by }));
  return { ...line, start: line.start + by, end: line.end + by, heads };
}
