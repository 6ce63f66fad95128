// Where an album's tiles stand: lines of equal tiles that fill the width, a heading before each day. Pure.
import type { Section } from "./sections";

/** CSS pixels between tiles, sideways and downwards. */
export const GAP = 6;
const HEADING = 52;
const FIRST_HEADING = 44;
const FOLDER_TILE = 44;
/** Tiles are about this wide, a little less or more to fill the line. */
const ABOUT = 208;
const FOLDERS_ABOUT = 220;
const SHAPE = 3 / 4;
/** Below the last line of a section. */
const AFTER = 6;

export type Line =
  | { kind: "heading"; section: Section; height: number }
  | {
      kind: "tiles";
      section: Section;
      /** Index in the listing of the first tile, and behind the last one. */
      start: number;
      end: number;
      columns: number;
      height: number;
    };

export function albumLines(sections: readonly Section[], width: number): Line[] {
  const lines: Line[] = [];
  for (const section of sections) {
    if (section.title !== "") {
      lines.push({ kind: "heading", section, height: lines.length === 0 ? FIRST_HEADING : HEADING });
    }
    const columns = columnsIn(width, section.folders ? FOLDERS_ABOUT : ABOUT);
    const tile = (width - (columns - 1) * GAP) / columns;
    const height = section.folders ? FOLDER_TILE : Math.round(tile * SHAPE);
    const behind = section.start + section.rows.length;
    for (let start = section.start; start < behind; start += columns) {
      const end = Math.min(behind, start + columns);
      lines.push({ kind: "tiles", section, start, end, columns, height: height + (end === behind ? AFTER : GAP) });
    }
  }
  return lines;
}

export type Direction = "left" | "right" | "up" | "down";

/** Where the keyboard goes from a tile; `from` -1 is nowhere. */
export function neighbour(lines: readonly Line[], from: number, direction: Direction, last: number): number {
  if (from < 0) return 0;
  if (direction === "left") return Math.max(0, from - 1);
  if (direction === "right") return Math.min(last, from + 1);
  const tiles = lines.filter((line) => line.kind === "tiles");
  const at = tiles.findIndex((line) => from >= line.start && from < line.end);
  const here = tiles[at];
  const next = tiles[direction === "up" ? at - 1 : at + 1];
  if (!here || !next) return from;
  // Lines may have other numbers of columns: the nearest tile by its middle.
  const middle = (from - here.start + 0.5) / here.columns;
  return Math.min(next.end - 1, next.start + Math.floor(middle * next.columns));
}

/** The line that holds a tile, or -1. */
export function lineOf(lines: readonly Line[], index: number): number {
  return lines.findIndex((line) => line.kind === "tiles" && index >= line.start && index < line.end);
}

function columnsIn(width: number, about: number): number {
  return Math.max(1, Math.round((width + GAP) / (about + GAP)));
}
