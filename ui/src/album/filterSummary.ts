// An album's filter in a few words. Pure.
import type { AlbumFilter, Media } from "../host";
import { words } from "../words";
import { clockReading, momentHere } from "./filterDates";

/** "*.jpg · Pictures, Texts · taken from 2026-11-01"; empty where everything is shown. */
export function filterSummary({ name, kinds, from, until, takenFrom, takenUntil }: AlbumFilter): string {
  const { summary } = words.albumBar;
  const kindOf: Partial<Record<Media, string>> = words.albumBar.kindOf;
  return [
    name?.text ?? "",
    kinds.map((kind) => kindOf[kind] ?? "").join(", "),
    takenFrom === null ? "" : summary.takenFrom(clockReading.day(takenFrom)),
    // Behind the last day that is shown.
    takenUntil === null ? "" : summary.takenUntil(clockReading.day(takenUntil - 1)),
    from === null ? "" : summary.from(momentHere.day(from)),
    until === null ? "" : summary.until(momentHere.day(until - 1)),
  ]
    .filter(Boolean)
    .join(" · ");
}
