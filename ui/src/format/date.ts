// Dates as people say them: relative within a week, the year only when it is another one. Pure; the clock is an argument.
import { LOCALE } from "./locale";

const DAY = 86_400_000;

const time = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: "short" });
const monthDay = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const yearDay = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });
const heading = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long" });
const yearHeading = new Intl.DateTimeFormat(LOCALE, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
});
const monthYear = new Intl.DateTimeFormat(LOCALE, { month: "long", year: "numeric" });
const exact = new Intl.DateTimeFormat(LOCALE, { dateStyle: "full", timeStyle: "medium" });

/** Today, 09:14 · Yesterday, 18:02 · Mon, 11:20 · 12 Nov · 12 Jan 2025 */
export function formatDate(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return `Today, ${time.format(at)}`;
  if (days === 1) return `Yesterday, ${time.format(at)}`;
  if (days > 1 && days < 7) return `${weekday.format(at)}, ${time.format(at)}`;
  return short(sameYear(at, now) ? monthDay : yearDay, at);
}

/** 09:14 */
export function formatTime(at: number): string {
  return time.format(at);
}

/** For tooltips: Monday 23 November 2026 at 09:14:05 */
export function exactDate(at: number): string {
  return exact.format(at);
}

/** Monday, 23 November; with the year when it is not this one. */
export function dayHeading(at: number, now: number): string {
  const format = sameYear(at, now) ? heading : yearHeading;
  const part = partsOf(format, at);
  const year = part.year === undefined ? "" : ` ${part.year}`;
  return `${part.weekday}, ${part.day} ${part.month}${year}`;
}

/** `2026-11`: November 2026 */
export function monthName(id: string): string {
  const [year, month] = id.split("-").map(Number);
  return monthYear.format(new Date(year ?? 0, (month ?? 1) - 1));
}

/** `2026-10`, `2026-11`: October – November 2026 */
export function monthSpan(from: string, until: string): string {
  const [first, last] = [from, until].map((id) => {
    const [year, month] = id.split("-").map(Number);
    return new Date(year ?? 0, (month ?? 1) - 1);
  });
  return monthYear.formatRange(first ?? 0, last ?? 0).replaceAll("\u2009", " ");
}

/** Mon, 23 Nov; with the year when it is not this one. Where there is no room for {@link dayHeading}. */
export function shortDay(at: number, now: number): string {
  return `${weekday.format(at)}, ${short(sameYear(at, now) ? monthDay : yearDay, at)}`;
}

/** Names the local day: 2026-11-23. */
export function dayId(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

function daysBetween(at: number, now: number): number {
  return Math.round((midnight(now) - midnight(at)) / DAY);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function sameYear(at: number, now: number): boolean {
  return new Date(at).getFullYear() === new Date(now).getFullYear();
}

/** British English writes "Sept" alone of all months with four letters; the column looks steadier without. */
function short(format: Intl.DateTimeFormat, at: number): string {
  return format.format(at).replace("Sept", "Sep");
}

function partsOf(format: Intl.DateTimeFormat, at: number): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
