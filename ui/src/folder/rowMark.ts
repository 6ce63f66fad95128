// Which element shows which row: it says so in `data-row`, and the innermost one around an element is meant. Pure.
import type { Row } from "../host";

/** A row as its element names it. */
export type MarkedRow = Pick<Row, "id" | "key">;

/** The value of `data-row`. */
export function rowMark({ id, key }: MarkedRow): string {
  return JSON.stringify([id, key]);
}

/** The row that an element is part of, if any. */
export function rowOf(element: EventTarget | null): MarkedRow | null {
  const found = element instanceof Element ? element.closest("[data-row]") : null;
  const parts: unknown = JSON.parse(found?.getAttribute("data-row") ?? "null");
  if (!Array.isArray(parts)) return null;
  const [id, key] = parts as [number, string];
  return { id, key };
}
