// An album's items as its callbacks see them, which of them are shown, and in what order: `filter` and `sort` of the original. Pure.
import type { Row } from "../host";
import { contentTypeOf, mediaOfType } from "./contentType";

/** An item as `filter`, `sort` and the callbacks see it. */
export type AlbumItem = Row & {
  /** Same as `key`, as documented. */
  path: string;
  /** Undefined where the storage does not say. */
  lastModified: Date | undefined;
  /** As `contentType` says, else by the name; empty where nothing says. */
  contentType: string;
};

/** One type for all, or a function of the item; what gives nothing leaves the name to say it. */
export type AlbumContentType = string | ((item: AlbumItem) => string | undefined);

/**
 * The documentation's form, told an item; or the original's, told all of them and returning those to show. One type, so
 * that TypeScript knows what `(item) => …` is told in either.
 */
export type AlbumFilterProp = (told: AlbumItem & AlbumItem[]) => boolean | AlbumItem[];

/** "lastModified", "key asc", "size desc" …, or a function that returns the list in its order. */
export type AlbumSort = string | ((items: AlbumItem[]) => AlbumItem[]);

export function itemOf(row: Row, contentType?: AlbumContentType): AlbumItem {
  const item: AlbumItem = {
    ...row,
    path: row.key,
    lastModified: row.modified === null ? undefined : new Date(row.modified),
    contentType: row.kind === "folder" ? "" : contentTypeOf(row.name),
  };
  const given = typeof contentType === "function" ? contentType(item) : contentType;
  return given && row.kind === "file" ? { ...item, contentType: given, media: mediaOfType(given) } : item;
}

export function filtered(items: AlbumItem[], filter: AlbumFilterProp | undefined): AlbumItem[] {
  if (!filter) return items;
  const all = askedAtOnce(items, filter);
  return all ?? items.filter((item) => filter(item as AlbumItem & AlbumItem[]));
}

/** What a function of the whole array gives; null of one that looks at an item. Which it is shows only when it is called. */
function askedAtOnce(items: AlbumItem[], filter: AlbumFilterProp): AlbumItem[] | null {
  try {
    const answer: unknown = filter(items as AlbumItem & AlbumItem[]);
    return Array.isArray(answer) ? answer : null;
  } catch {
    // It looked for an item's `path` in the array.
    return null;
  }
}

/** Without a direction lastModified goes down, everything else up; an unknown field changes nothing. */
export function ordered(items: AlbumItem[], sort: AlbumSort): AlbumItem[] {
  if (typeof sort === "function") return sort(items);
  const [field = "lastModified", direction] = sort.trim().split(/\s+/);
  const descending = direction === undefined ? field === "lastModified" : direction.toLowerCase() === "desc";
  const sign = descending ? -1 : 1;
  return items.toSorted((a, b) => sign * compare(valueOf(a, field), valueOf(b, field)));
}

function valueOf(item: AlbumItem, field: string): string | number | Date | undefined {
  const value: unknown = Object.hasOwn(item, field) ? item[field as keyof AlbumItem] : undefined;
  return typeof value === "string" || typeof value === "number" || value instanceof Date ? value : undefined;
}

/** Undefined comes first upwards, last downwards. */
function compare(a: string | number | Date | undefined, b: string | number | Date | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return a < b ? -1 : a > b ? 1 : 0;
}
