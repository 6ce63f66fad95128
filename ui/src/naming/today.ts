// Today as names hold it. Pure.

const two = (number: number) => String(number).padStart(2, "0");

/** 2026-11-24, by the clock on the wall. */
export function isoDate(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
