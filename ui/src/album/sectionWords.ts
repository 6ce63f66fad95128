// The words of a section: its day, month or year, and what is in it. Pure.
import { dayHeading, monthName, shortDay } from "../format";
import type { AlbumSection } from "../host";
import { words } from "../words";

/** "Monday, 23 November", "November 2026", "2026", "Folders", "No date"; `now` decides whether the year is said. */
export function sectionTitle(id: string, now: number): string {
  if (id === "folders") return words.album.folders;
  if (id === "none") return words.album.noDate;
  const [year, month, day] = id.split("-").map(Number);
  if (day !== undefined) return dayHeading(dayAt(year, month, day), now);
  return month === undefined ? id : monthName(id);
}

/** The same in little room: "Mon, 23 Nov" */
export function shortTitle(id: string, now: number): string {
  const [year, month, day] = id.split("-").map(Number);
  return day === undefined ? sectionTitle(id, now) : shortDay(dayAt(year, month, day), now);
}

function dayAt(year = 0, month = 1, day = 1): number {
  return new Date(year, month - 1, day).getTime();
}

/** "6 photos, 1 video, 1 note" */
export function sectionText({ id, count, pictures, videos, texts }: AlbumSection): string {
  if (id === "folders") return words.album.folderCount(count);
  const parts: [number, (count: number) => string][] = [
    [pictures, words.album.photos],
    [videos, words.album.videos],
    [texts, words.album.notes],
    [count - pictures - videos - texts, words.album.files],
  ];
  return parts.flatMap(([number, text]) => (number > 0 ? text(number) : [])).join(", ");
}
