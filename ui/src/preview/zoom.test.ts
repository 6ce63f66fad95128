// How a picture lies in the lightbox.
import { describe, expect, it } from "vitest";
import { CLOSEST, fitted, isBlurred, pushed, WHOLE, zoomed } from "./zoom";

const stage = { width: 800, height: 600 };
const picture = { width: 800, height: 400 };

describe("a picture in the lightbox", () => {
  it("keeps what is under the pointer under it", () => {
    const at = { x: 200, y: -100 };
    const near = zoomed(WHOLE, 2, at, picture, stage);
    // The point of the picture that was at 200 is twice as far from its middle now.
    expect(near.x + (at.x - WHOLE.x) * near.scale).toBeCloseTo(at.x);
    expect(near.scale).toBe(2);
  });

  it("never shows emptiness beside a picture that is larger than the stage", () => {
    const near = zoomed(WHOLE, 2, { x: 0, y: 0 }, picture, stage);
    expect(pushed(near, { x: 10_000, y: 10_000 }, picture, stage)).toEqual({ scale: 2, x: 400, y: 100 });
    expect(pushed(near, { x: -10_000, y: 0 }, picture, stage).x).toBe(-400);
  });

  it("stays in the middle while all of it is seen, and ends at eight times", () => {
    expect(pushed(WHOLE, { x: 50, y: 50 }, picture, stage)).toEqual(WHOLE);
    expect(zoomed(WHOLE, 0.1, { x: 9, y: 9 }, picture, stage)).toEqual(WHOLE);
    expect(zoomed(WHOLE, 100, { x: 0, y: 0 }, picture, stage).scale).toBe(CLOSEST);
  });

  it("needs more pixels once a pixel of a copy is larger than one of the screen, and only of a copy", () => {
    const copy = { width: 2560, height: 1280 };
    // All of it is 800 pixels across.
    expect(isBlurred(3.2, copy, stage, 1)).toBe(false);
    expect(isBlurred(3.3, copy, stage, 1)).toBe(true);
    expect(isBlurred(1.7, copy, stage, 2)).toBe(true);
    expect(isBlurred(8, { width: 2500, height: 1280 }, stage, 2)).toBe(false);
  });

  it("is not blown up when it is small", () => {
    expect(fitted({ width: 100, height: 50 }, stage)).toEqual({ width: 100, height: 50 });
    expect(fitted({ width: 8000, height: 3000 }, stage)).toEqual({ width: 800, height: 300 });
  });
});
