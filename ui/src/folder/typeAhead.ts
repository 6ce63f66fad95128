// Finding a row by the first letters of its name. Pure but for the rows it is given.
import type { Row } from "../host";

/** How many rows are searched at most: beyond, the search box is the better tool. */
export const TYPE_AHEAD_REACH = 20_000;

/** Letters typed within this many milliseconds belong together. */
export const TYPE_AHEAD_PAUSE = 700;

/** Without case and accents, as the listing's own order. */
export function plain(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** The typed text grows; the same letter again goes from one row to the next. */
export function nextTyped(typed: string, letter: string): string {
  return typed === letter ? letter : typed + letter;
}

/** The order in which windows of rows are searched: from the row behind the focus to the end, then from the start. */
export function searchOrder(count: number, from: number, chunk: number): [first: number, end: number][] {
  const windows: [number, number][] = [];
  const add = (start: number, end: number) => {
    for (let first = start; first < end; first += chunk) windows.push([first, Math.min(end, first + chunk)]);
  };
  add(from, count);
  add(0, Math.min(from, count));
  return windows;
}

export function startsWith(row: Row, typed: string): boolean {
  return plain(row.name).startsWith(plain(typed));
}
