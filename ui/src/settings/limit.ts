// A limit between bytes a second and a number with a unit of 1000. Pure.

export type LimitUnit = "kilobytes" | "megabytes";

const BYTES: Record<LimitUnit, number> = { kilobytes: 1_000, megabytes: 1_000_000 };

/** What a limit starts with: slow enough to leave room for a call, fast enough to get anywhere. */
export const DEFAULT_LIMIT = 2_000_000;

export function unitOf(bytes: number): LimitUnit {
  return bytes % 100_000 === 0 && bytes >= BYTES.megabytes / 2 ? "megabytes" : "kilobytes";
}

export function inUnit(bytes: number, unit: LimitUnit): number {
  return bytes / BYTES[unit];
}

export function bytesOf(value: number, unit: LimitUnit): number {
  return Math.round(value * BYTES[unit]);
}

/** Slower lines are cut by servers. */
export function leastOf(unit: LimitUnit): number {
  return unit === "megabytes" ? 0.5 : 20;
}
