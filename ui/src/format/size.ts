// Sizes in KB and MB of 1000, and how long something takes. Pure.
import { words } from "../words";
import { LOCALE } from "./locale";

const UNITS = ["KB", "MB", "GB", "TB", "PB"] as const;
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 120 bytes, 6 KB, 4.0 MB, 212 MB, 1.2 GB: three digits say enough. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${whole.format(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
  const unit = unitOf(bytes);
  return `${inUnit(bytes, unit)} ${UNITS[unit]}`;
}

/** "131 of 212 MB": both in the unit of the whole. */
export function formatProgress(sent: number, size: number): string {
  if (size < 1000) return words.transfers.of(whole.format(sent), formatSize(size));
  return words.transfers.of(inUnit(sent, unitOf(size)), formatSize(size));
}

/** 40 s, 3 min, 2 h; rounded up, so that it never says 0. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return words.transfers.seconds(Math.max(1, Math.ceil(seconds)));
  if (seconds < 5_400) return words.transfers.minutes(Math.ceil(seconds / 60));
  return words.transfers.hours(Math.ceil(seconds / 3_600));
}

/** The largest unit in which the rounded number is at least 1: 999,999 bytes are 1.0 MB, not 1,000 KB. */
function unitOf(bytes: number): number {
  let unit = 0;
  let value = bytes / 1000;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return unit;
}

function inUnit(bytes: number, unit: number): string {
  const value = bytes / 1000 ** (unit + 1);
  return unit === 0 || value >= 99.95 ? whole.format(value) : tenth.format(value);
}
