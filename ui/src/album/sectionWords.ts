// The words of a section: its day, month or year, and what is in it. Pure.
import { dayHeading, monthName } from "../format";
import type { AlbumSection } from "../host";
import { words } from "../words";

/** "Monday, 23 November", "November 2026", "2026", "Folders", "No date"; `now` decides whether the year is said. */
export function sectionTitle(id: string, now: number): string {
  if (id === "folders") return words.album.folders;
  if (id === "none") return words.album.noDate;
  const [year, month, day] = id.split("-").map(Number);
  if (day !== undefined) return dayHeading(new Date(year ?? 0, (month ?? 1) - 1, day).getTime(), now);
  return month === undefined ? id : monthName(id);
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
