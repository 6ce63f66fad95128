// Dates as people write them into a filter: a year, a month or a day. Pure.

/** The first moment of what is written; null where it is no date. */
export function startOf(written: string): number | null {
  return read(written, 0);
}

/** The first moment behind what is written. */
export function endOf(written: string): number | null {
  return read(written, 1);
}

function at(year: number, month = 1, day = 1): number {
  return new Date(year, month - 1, day).getTime();
}

function read(written: string, next: 0 | 1): number | null {
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
  if (isMonth) return month >= 1 && month <= 12 ? at(year, month + next) : null;
  return at(year + next);
}
