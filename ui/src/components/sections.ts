// An album's days: groups of neighbouring items with their heading and what is in them. Pure.
import { dayHeading, dayId, shortDay } from "../format";
import type { Media, Row } from "../host";
import { words } from "../words";

export type Section = {
  id: string;
  /** Empty: no heading. */
  title: string;
  /** The same in little room; empty: it is no day. */
  shortTitle: string;
  /** "6 photos, 1 note" */
  text: string;
  /** Index of the first row in the listing. */
  start: number;
  rows: readonly Row[];
  /** Folders are drawn as low tiles with their names. */
  folders: boolean;
};

/** Days in the order of the rows. While more rows are on their way, the last day is not counted yet. */
export function sectionsByDay(rows: readonly Row[], now: number, more: boolean): Section[] {
  const sections: Section[] = [];
  let start = 0;
  while (start < rows.length) {
    const id = groupOf(rows[start]);
    let end = start + 1;
    while (end < rows.length && groupOf(rows[end]) === id) end += 1;
    const some = rows.slice(start, end);
    const complete = !more || end < rows.length;
    sections.push({
      id: `${id}-${start}`,
      title: titleOf(some[0], now),
      shortTitle: shortTitleOf(some[0], now),
      text: complete ? contentsOf(some) : "",
      start,
      rows: some,
      folders: id === "folders",
    });
    start = end;
  }
  return sections;
}

/** Without headings, in the order of the rows: folders, which come first in every order, and the rest. */
export function plainSections(rows: readonly Row[]): Section[] {
  const firstFile = rows.findIndex((row) => row.kind === "file");
  const end = firstFile < 0 ? rows.length : firstFile;
  const plain = { title: "", shortTitle: "", text: "" };
  return [
    { ...plain, id: "folders", start: 0, rows: rows.slice(0, end), folders: true },
    { ...plain, id: "files", start: end, rows: rows.slice(end), folders: false },
  ].filter((section) => section.rows.length > 0);
}

/** 6 photos, 1 video, 1 note */
export function contentsOf(rows: readonly Row[]): string {
  const count = (of: (media: Media) => boolean) => rows.filter(({ media }) => of(media)).length;
  const parts: [number, (count: number) => string][] = [
    [count((media) => media === "folder"), words.album.folderCount],
    [count((media) => media === "image"), words.album.photos],
    [count((media) => media === "video"), words.album.videos],
    [count((media) => media === "text"), words.album.notes],
    [count((media) => !["folder", "image", "video", "text"].includes(media)), words.album.files],
  ];
  return parts.flatMap(([number, text]) => (number > 0 ? text(number) : [])).join(", ");
}

function groupOf(row: Row | undefined): string {
  if (row?.kind === "folder") return "folders";
  return row?.modified == null ? "none" : dayId(row.modified);
}

function titleOf(row: Row | undefined, now: number): string {
  if (row?.kind === "folder") return words.album.folders;
  return row?.modified == null ? words.album.noDate : dayHeading(row.modified, now);
}

function shortTitleOf(row: Row | undefined, now: number): string {
  return row?.modified == null || row.kind === "folder" ? "" : shortDay(row.modified, now);
}
