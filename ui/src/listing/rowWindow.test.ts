// Long lists show the right rows, also beyond what a web view can draw at once.
import { describe, expect, it } from "vitest";
import { ROW, rowWindow, scrollToRow, TALLEST, topOfRow } from "./rowWindow";

const viewport = 600;

describe("the window of rows", () => {
  it("covers the viewport and a little more", () => {
    const shown = rowWindow({ count: 1000, scrollTop: 100 * ROW, viewport });
    expect(shown.top).toBe(100);
    expect(shown.first).toBeLessThan(100);
    expect(shown.end * ROW).toBeGreaterThan(100 * ROW + viewport);
    expect(shown.height).toBe(1000 * ROW);
    expect(shown.ratio).toBe(1);
  });

  it("ends with the last row of a short list", () => {
    expect(rowWindow({ count: 3, scrollTop: 0, viewport })).toMatchObject({ first: 0, end: 3, top: 0 });
    expect(rowWindow({ count: 0, scrollTop: 0, viewport })).toMatchObject({ first: 0, end: 0 });
  });

  it("reaches both ends of three million rows within what a web view draws", () => {
    const count = 3_000_000;
    const start = rowWindow({ count, scrollTop: 0, viewport });
    expect(start.height).toBe(TALLEST);
    expect(start.first).toBe(0);
    const bottom = { count, scrollTop: TALLEST - viewport, viewport };
    expect(rowWindow(bottom).end).toBe(count);
    expect(topOfRow(count - 1, bottom) + ROW).toBeCloseTo(TALLEST, 3);
  });

  it("scrolls to any of three million rows", () => {
    const count = 3_000_000;
    for (const index of [0, 1, 499_999, 1_500_000, count - 1]) {
      for (const from of [0, 8_000_000, TALLEST - viewport]) {
        const scrollTop = scrollToRow(index, { count, scrollTop: from, viewport });
        const at = topOfRow(index, { count, scrollTop, viewport }) - scrollTop;
        expect(at).toBeGreaterThanOrEqual(-0.01);
        expect(at + ROW).toBeLessThanOrEqual(viewport + 0.01);
      }
    }
  });

  it("does not move for a row that is seen already", () => {
    expect(scrollToRow(105, { count: 1000, scrollTop: 100 * ROW, viewport })).toBe(100 * ROW);
  });
});
