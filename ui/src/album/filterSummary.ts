// An album's filter in a few words. Pure.
import type { AlbumFilter, Media } from "../host";
import { isoDate } from "../naming";
import { words } from "../words";

/** "*.jpg · Pictures, Texts · from 2026-11-01"; empty where everything is shown. */
export function filterSummary({ name, kinds, from, until }: AlbumFilter): string {
  const kindOf: Partial<Record<Media, string>> = words.albumBar.kindOf;
  return [
    name?.text ?? "",
    kinds.map((kind) => kindOf[kind] ?? "").join(", "),
    from === null ? "" : words.albumBar.summary.from(isoDate(from)),
    // Behind the last day that is shown.
    until === null ? "" : words.albumBar.summary.until(isoDate(until - 1)),
  ]
    .filter(Boolean)
    .join(" · ");
}
