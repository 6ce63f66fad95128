// The scrubber's marks: months along the gutter, years beside them. Pure.
import type { AlbumSection } from "../../host";
import { words } from "../../words";
import { monthName, monthSpan } from "../../format";
import { placedLines, type Wall } from "./place";

export type Stop = {
  /** `2026-11`, `folders`, `none`, `2026`. */
  id: string;
  /** Of months that begin in the same line, the first one. */
  from: string;
  /** "November 2026", "October – November 2026" */
  name: string;
  /** Where the view stands at its beginning, in pixels of the wall. */
  top: number;
};

export type Label = { text: string; at: number };

/** Labels nearer than this would touch, in pixels. */
const APART = 22;

/**
 * One stop a month, in the order of the wall; sections of a year are their own. `way` is how far the view can scroll:
 * of the months that begin behind that, which are in view together at the end, the last one stands for all. Months that begin in the
 * same line are one stop.
 */
export function stopsOf(wall: Wall, way: number): Stop[] {
  const stops: Stop[] = [];
  for (const [block, { sections, heading }] of wall.blocks.entries()) {
    for (const [at, section] of sections.entries()) {
      const id = monthOf(section);
      if (heading === 0 || stops.at(-1)?.id === id) continue;
      const begins = at === 0 ? wall.tops[block] : topOfSection(wall, block, at);
      // The first one begins with the wall, above its own margin.
      const top = begins === undefined || begins <= (wall.tops[0] ?? 0) ? 0 : Math.min(begins, way);
      const before = stops.at(-1);
      const isTogether = before !== undefined && before.top >= top;
      if (isTogether) stops.pop();
      const from = isTogether && top < way ? before.from : id;
      stops.push({ id, from, name: from === id ? stopName(id) : monthSpan(id, from), top });
    }
  }
  return stops;
}

/** The line that a section begins in, from its headings on. */
function topOfSection(wall: Wall, block: number, at: number): number | undefined {
  const line = placedLines(wall, block).find(({ heads }) => heads.some((head) => head.at === at));
  return line && line.top - line.above;
}

/** The stop that holds a scroll position. */
export function stopAt(stops: readonly Stop[], scrollTop: number): number {
  const behind = stops.findIndex(({ top }) => top > scrollTop + 1);
  return Math.max(0, (behind < 0 ? stops.length : behind) - 1);
}

/** Years beside the track, as many as fit; `height` is the track's, `way` as in {@link stopsOf}. */
export function labelsOf(stops: readonly Stop[], way: number, height: number): Label[] {
  const labels: Label[] = [];
  let last = "";
  for (const { id, top } of stops) {
    const year = /^\d{4}/.exec(id)?.[0];
    if (year === undefined || year === last) continue;
    const at = (top / Math.max(1, way)) * height;
    const before = labels.at(-1);
    if (before && at - before.at < APART) continue;
    labels.push({ text: year, at });
    last = year;
  }
  return labels;
}

/** Where the keys of a slider lead: a month, a year, an end. */
export function stopFor(key: string, stops: readonly Stop[], at: number): number | null {
  const last = stops.length - 1;
  const year = (stop: number) => stops[stop]?.id.slice(0, 4);
  switch (key) {
    case "ArrowUp":
    case "ArrowLeft":
      return Math.max(0, at - 1);
    case "ArrowDown":
    case "ArrowRight":
      return Math.min(last, at + 1);
    case "Home":
      return 0;
    case "End":
      return last;
    case "PageDown": {
      const next = stops.findIndex((_, stop) => stop > at && year(stop) !== year(at));
      return next < 0 ? last : next;
    }
    case "PageUp": {
      let stop = Math.max(0, at - 1);
      while (stop > 0 && year(stop - 1) === year(stop)) stop -= 1;
      return stop;
    }
    default:
      return null;
  }
}

function monthOf({ id }: AlbumSection): string {
  return /^\d{4}-\d{2}/.exec(id)?.[0] ?? id;
}

function stopName(id: string): string {
  if (id === "folders") return words.album.folders;
  if (id === "none") return words.album.noDate;
  return /^\d{4}-\d{2}$/.test(id) ? monthName(id) : id;
}
