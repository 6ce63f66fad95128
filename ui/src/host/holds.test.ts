// What is told of addresses that are not on show any more.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createHolds, LINGER } from "./holds";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("an address on show", () => {
  it("is left when the last who shows it goes, together with others that go then", () => {
    const leave = vi.fn();
    const hold = createHolds(leave);
    const [one, other, second] = [hold("a"), hold("a"), hold("b")];
    one(false);
    second(false);
    vi.advanceTimersByTime(LINGER);
    expect(leave.mock.calls).toEqual([[["b"]]]);
    other(false);
    vi.advanceTimersByTime(LINGER);
    expect(leave.mock.calls).toEqual([[["b"]], [["a"]]]);
  });

  it("is not left when it arrived, or is on show again in no time", () => {
    const leave = vi.fn();
    const hold = createHolds(leave);
    hold("there")(true);
    hold("back")(false);
    vi.advanceTimersByTime(LINGER - 1);
    hold("back");
    vi.advanceTimersByTime(LINGER * 2);
    expect(leave).not.toHaveBeenCalled();
  });

  it("has all of its time to come back, however shortly before another was left", () => {
    const leave = vi.fn();
    const hold = createHolds(leave);
    hold("first")(false);
    vi.advanceTimersByTime(LINGER - 10);
    hold("later")(false);
    vi.advanceTimersByTime(10);
    expect(leave.mock.calls).toEqual([[["first"]]]);
    vi.advanceTimersByTime(LINGER - 11);
    expect(leave, "not yet").toHaveBeenCalledOnce();
    vi.advanceTimersByTime(1);
    expect(leave.mock.calls).toEqual([[["first"]], [["later"]]]);
  });
});
