// How S3Album orders its items: the `sort` string or function of the original. Pure.
import type { Row } from "../host";

/** An item as `filter`, `sort` and the callbacks see it. */
export type AlbumItem = Row & {
  /** Same as `key`, as documented. */
  path: string;
  /** Undefined where the storage does not say. */
  lastModified: Date | undefined;
};

/** "lastModified", "key asc", "size desc" …, or a function that returns the list in its order. */
export type AlbumSort = string | ((items: AlbumItem[]) => AlbumItem[]);

export function itemOf(row: Row): AlbumItem {
  return { ...row, path: row.key, lastModified: row.modified === null ? undefined : new Date(row.modified) };
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
