import { describe, expect, it } from "vitest";
import { endOf, startOf } from "./filterDates";
import { filterSummary } from "./filterSummary";

const at = (year: number, month = 1, day = 1) => new Date(year, month - 1, day).getTime();

describe("a date as people write it", () => {
  it.each([
    ["2026", at(2026), at(2027)],
    ["2026-11", at(2026, 11), at(2026, 12)],
    ["2026-12", at(2026, 12), at(2027)],
    ["2026-2-28", at(2026, 2, 28), at(2026, 3, 1)],
    [" 2024-02-29 ", at(2024, 2, 29), at(2024, 3, 1)],
  ])("%s is a year, a month or a day", (text, start, end) => {
    expect([startOf(text), endOf(text)]).toEqual([start, end]);
  });

  it.each(["", "26", "2026-13", "2026-00", "2026-02-30", "2026-11-", "yesterday"])("%j is none", (text) => {
    expect([startOf(text), endOf(text)]).toEqual([null, null]);
  });
});

it("a filter is told in a few words", () => {
  expect(
    filterSummary({
      name: { how: "glob", text: "*.jpg" },
      kinds: ["image", "text"],
      from: at(2026, 11, 1),
      until: at(2026, 12, 1),
    }),
  ).toBe("*.jpg · Pictures, Texts · from 2026-11-01 · to 2026-11-30");
  expect(filterSummary({ name: null, kinds: [], from: null, until: null })).toBe("");
});
