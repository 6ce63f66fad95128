// The columns of the list, and their widths as the person left them on this computer.
import type { SortBy } from "../host";
import { words } from "../words";

export type Column = { id: Exclude<SortBy, "taken">; label: string };

export const COLUMNS: readonly Column[] = [
  { id: "name", label: words.listing.columns.name },
  { id: "kind", label: words.listing.columns.kind },
  { id: "size", label: words.listing.columns.size },
  { id: "modified", label: words.listing.columns.modified },
];

/** Widths in CSS pixels; the name has what is left. */
export type Widths = { kind: number; size: number; modified: number };

export const STANDARD: Widths = { kind: 140, size: 92, modified: 160 };
export const NARROWEST = 64;
export const WIDEST = 360;
const STORE = "amphora.columns";

export function rememberedWidths(): Widths {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORE) ?? "{}");
    const known =
      typeof stored === "object" && stored !== null ? (stored as Partial<Record<keyof Widths, unknown>>) : {};
    const width = (id: keyof Widths) => (typeof known[id] === "number" ? fitting(known[id]) : STANDARD[id]);
    return { kind: width("kind"), size: width("size"), modified: width("modified") };
  } catch {
    return STANDARD;
  }
}

export function rememberWidths(widths: Widths): void {
  try {
    localStorage.setItem(STORE, JSON.stringify(widths));
  } catch {
    // A full or forbidden store only means that the widths last for this visit.
  }
}

export function fitting(width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
}
