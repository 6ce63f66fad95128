import { describe, expect, it } from "vitest";
import { clockReading, momentHere } from "./filterDates";
import { filterSummary } from "./filterSummary";
import { EVERYTHING } from "./useAlbumFilter";

const at = (year: number, month = 1, day = 1) => new Date(year, month - 1, day).getTime();

describe("a date as people write it", () => {
  it.each([
    ["2026", at(2026), at(2027)],
    ["2026-11", at(2026, 11), at(2026, 12)],
    ["2026-12", at(2026, 12), at(2027)],
    ["2026-2-28", at(2026, 2, 28), at(2026, 3, 1)],
    [" 2024-02-29 ", at(2024, 2, 29), at(2024, 3, 1)],
  ])("%s is a year, a month or a day", (text, start, end) => {
    expect([momentHere.start(text), momentHere.end(text)]).toEqual([start, end]);
  });

  it("of a camera's clock is the same wherever the window is", () => {
    const day = [Date.UTC(2019, 6, 14), Date.UTC(2019, 6, 15)];
    expect([clockReading.start("2019-07-14"), clockReading.end("2019-07-14")]).toEqual(day);
  });

  it.each(["", "26", "2026-13", "2026-00", "2026-02-30", "2026-11-", "yesterday"])("%j is none", (text) => {
    expect([momentHere.start(text), momentHere.end(text)]).toEqual([null, null]);
  });
});

it("a filter is told in a few words", () => {
  expect(
    filterSummary({
      name: { how: "glob", text: "*.jpg" },
      kinds: ["image", "text"],
      from: at(2026, 11, 1),
      until: at(2026, 12, 1),
      takenFrom: Date.UTC(2019, 0, 1),
      takenUntil: Date.UTC(2020, 0, 1),
    }),
  ).toBe(
    "*.jpg · Pictures, Texts · taken from 2019-01-01 · taken to 2019-12-31 · added from 2026-11-01 · added to 2026-11-30",
  );
  expect(filterSummary(EVERYTHING)).toBe("");
});
