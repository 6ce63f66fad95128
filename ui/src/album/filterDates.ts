// Dates as people write them into a filter: a year, a month or a day. Pure.
import { isoDate } from "../naming";

/** Reads what is written: the first moment of it, or the first one behind it; null where it is no date. */
export type DateReader = {
  start: (written: string) => number | null;
  end: (written: string) => number | null;
  /** A moment's day, as it is written. */
  day: (at: number) => string;
};

/** Moments here. */
export const momentHere: DateReader = reader((year, month, day) => new Date(year, month - 1, day).getTime(), isoDate);

/** Readings of a camera's clock, in milliseconds as if it hung in Greenwich. */
export const clockReading: DateReader = reader(
  (year, month, day) => Date.UTC(year, month - 1, day),
  (at) => new Date(at).toISOString().slice(0, "2026-11-24".length),
);

type At = (year: number, month: number, day: number) => number;

function reader(at: At, day: DateReader["day"]): DateReader {
  return { start: (written) => read(written, 0, at), end: (written) => read(written, 1, at), day };
}

function read(written: string, next: 0 | 1, at: At): number | null {
  const parts = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(written.trim());
  if (!parts) return null;
  const [, year, month, day] = parts.map(Number);
  if (year === undefined) return null;
  const isMonth = month !== undefined && !Number.isNaN(month);
  const isDay = day !== undefined && !Number.isNaN(day);
  if (isDay && isMonth) {
    // The 31st of a short month is no day of the next one.
    if (new Date(year, month - 1, day).getMonth() !== month - 1) return null;
    return at(year, month, day + next);
  }
  if (isMonth) return month >= 1 && month <= 12 ? at(year, month + next, 1) : null;
  return at(year + next, 1, 1);
}
