// Where an album's tiles stand: lines of equal tiles that fill the width, a heading before each day; short days share a line. Pure.
import { albumSpacing } from "./albumSpacing";
import type { Section } from "./sections";

const { gap: GAP, apart: APART, heading: HEADING, firstHeading: FIRST_HEADING, after: AFTER } = albumSpacing;
const FOLDER_TILE = 44;
/** Tiles are about this wide, a little less or more to fill the line. */
const ABOUT = 208;
const FOLDERS_ABOUT = 220;
const SHAPE = 3 / 4;

/** The tiles of one section in a line. */
export type Part = {
  section: Section;
  /** Which row of the grid its tiles are, from 1 on; its heading is the one before. */
  row: number;
  /** Its heading stands above it. */
  begins: boolean;
  /** Index in the listing of the first tile, and behind the last one. */
  start: number;
  end: number;
  left: number;
  /** Of one tile. */
  tile: number;
  /** Of its heading. */
  width: number;
};

export type Line = {
  start: number;
  end: number;
  /** Of the headings above the tiles; 0 where there are none. */
  above: number;
  /** With the headings, and the gap below. */
  height: number;
  parts: readonly Part[];
};

export function albumLines(sections: readonly Section[], width: number): Line[] {
  const lines: Line[] = [];
  const columns = columnsIn(width, ABOUT);
  for (let at = 0; at < sections.length;) {
    const together = togetherFrom(sections, at, columns);
    const above = sections[at]?.title === "" ? 0 : lines.length === 0 ? FIRST_HEADING : HEADING;
    lines.push(
      ...(together.length > 1 ? [shared(together, { width, columns, above })] : own(sections[at], width, above)),
    );
    at += together.length;
  }
  let row = 0;
  for (const part of lines.flatMap(({ parts }) => parts)) {
    row += part.begins ? 2 : 1;
    part.row = row;
  }
  return lines;
}

/** Rows of the grid: of headings, and of tiles. */
export function rowsOf(lines: readonly Line[]): number {
  return lines.at(-1)?.parts.at(-1)?.row ?? 0;
}

export type Direction = "left" | "right" | "up" | "down";

/** Where the keyboard goes from a tile; `from` -1 is nowhere. */
export function neighbour(lines: readonly Line[], from: number, direction: Direction, last: number): number {
  if (from < 0) return 0;
  if (direction === "left") return Math.max(0, from - 1);
  if (direction === "right") return Math.min(last, from + 1);
  const at = lineOf(lines, from);
  const here = lines[at];
  const next = lines[direction === "up" ? at - 1 : at + 1];
  if (!here || !next) return from;
  // Lines may have other tiles: the nearest one by its middle.
  const middle = middleOf(here, from);
  let nearest = next.start;
  for (let index = next.start + 1; index < next.end; index++) {
    if (Math.abs(middleOf(next, index) - middle) < Math.abs(middleOf(next, nearest) - middle)) nearest = index;
  }
  return nearest;
}

/** The line that holds a tile, or -1. */
export function lineOf(lines: readonly Line[], index: number): number {
  return lines.findIndex((line) => index >= line.start && index < line.end);
}

/** As many days from this one on as fit into one line; at least this one. */
function togetherFrom(sections: readonly Section[], at: number, columns: number): Section[] {
  const together: Section[] = [];
  let tiles = 0;
  for (const section of sections.slice(at, at + columns)) {
    tiles += section.rows.length;
    if (together.length > 0 && (!isShort(section) || tiles > columns)) break;
    together.push(section);
    if (!isShort(section)) break;
  }
  return together;
}

/** A day whose rows are all here: more of them would push it into a line of its own. */
function isShort({ shortTitle, text }: Section): boolean {
  return shortTitle !== "" && text !== "";
}

function shared(
  sections: readonly Section[],
  { width, columns, above }: { width: number; columns: number; above: number },
): Line {
  const days = sections.length;
  const tile = (width - (columns - days) * GAP - (days - 1) * APART) / columns;
  const parts: Part[] = [];
  let left = 0;
  for (const section of sections) {
    const { start, rows } = section;
    const across = rows.length * (tile + GAP) - GAP;
    parts.push({ section, row: 0, begins: true, start, end: start + rows.length, left, tile, width: across });
    left += across + APART;
  }
  const [first, last] = [parts[0], parts.at(-1)];
  const height = above + Math.round(tile * SHAPE) + AFTER;
  return { start: first?.start ?? 0, end: last?.end ?? 0, above, height, parts };
}

function own(section: Section | undefined, width: number, above: number): Line[] {
  if (!section) return [];
  const columns = columnsIn(width, section.folders ? FOLDERS_ABOUT : ABOUT);
  const tile = (width - (columns - 1) * GAP) / columns;
  const height = section.folders ? FOLDER_TILE : Math.round(tile * SHAPE);
  const behind = section.start + section.rows.length;
  const lines: Line[] = [];
  for (let start = section.start; start < behind; start += columns) {
    const end = Math.min(behind, start + columns);
    const begins = start === section.start && above > 0;
    const room = begins ? above : 0;
    const below = end === behind ? AFTER : GAP;
    const part: Part = { section, row: 0, begins, start, end, left: 0, tile, width };
    lines.push({ start, end, above: room, height: room + height + below, parts: [part] });
  }
  return lines;
}

function middleOf({ parts }: Line, index: number): number {
  const part = parts.find(({ end }) => index < end);
  return part ? part.left + (index - part.start) * (part.tile + GAP) + part.tile / 2 : 0;
}

function columnsIn(width: number, about: number): number {
  return Math.max(1, Math.round((width + GAP) / (about + GAP)));
}
