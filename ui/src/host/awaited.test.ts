// In which order pictures on their way are said to be wanted.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAwaited, EVERY, type Whereabouts } from "./awaited";

const HEIGHT = 600;

let ends: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("innerWidth", 1000);
  vi.stubGlobal("innerHeight", HEIGHT);
});

afterEach(() => {
  for (const end of ends) end();
  ends = [];
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A tile of 100 pixels on a page that scrolls. */
function pageOf() {
  let scrolled = 0;
  const at =
    (top: number, left = 450) =>
    () => {
      const element = document.createElement("img");
      element.getBoundingClientRect = () => new DOMRect(left, top - scrolled, 100, 100);
      return element;
    };
  const scrollTo = (top: number) => {
    scrolled = top;
    document.body.dispatchEvent(new Event("scroll"));
  };
  return { at, scrollTo };
}

/** What notes awaited pictures, until the test is over, and hears their order. */
function orderOf() {
  const tell = vi.fn();
  const note = createAwaited(tell);
  const awaits = (url: string, where: Whereabouts) => {
    const end = note(url, where);
    ends.push(end);
    return end;
  };
  return { tell, awaits };
}

const microtask = () => Promise.resolve();

describe("pictures on their way", () => {
  it("are told in one go, the nearest to the middle of what is seen first, whatever order they came in", async () => {
    const { at } = pageOf();
    const { tell, awaits } = orderOf();
    awaits("far above", at(-900));
    awaits("just above", at(-150));
    awaits("top", at(0));
    awaits("middle", at(250));
    awaits("corner", at(HEIGHT - 100, 0));
    awaits("just below", at(HEIGHT + 10));
    expect(tell).not.toHaveBeenCalled();
    await microtask();
    const order = ["middle", "top", "corner", "just below", "just above", "far above"];
    expect(tell.mock.calls).toEqual([[order]]);
  });

  it("are told anew where the view scrolls, a few times a second, and only if that changes their order", async () => {
    const { at, scrollTo } = pageOf();
    const { tell, awaits } = orderOf();
    awaits("first", at(250));
    awaits("last", at(2_000));
    await microtask();
    tell.mockClear();
    for (const top of [10, 400, 900, 1_800]) scrollTo(top);
    vi.advanceTimersByTime(EVERY - 1);
    expect(tell, "not at every step").not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(tell.mock.calls).toEqual([[["last", "first"]]]);
    scrollTo(1_810);
    vi.advanceTimersByTime(EVERY);
    expect(tell, "they are wanted as before").toHaveBeenCalledOnce();
  });

  it("are told no more once they are there, and nothing is heard of scrolling when none is left", async () => {
    const { at, scrollTo } = pageOf();
    const { tell, awaits } = orderOf();
    const [one, other] = [awaits("one", at(0)), awaits("other", at(900))];
    await microtask();
    tell.mockClear();
    one();
    scrollTo(900);
    vi.advanceTimersByTime(EVERY);
    expect(tell.mock.calls).toEqual([[["other"]]]);
    other();
    const looked = vi.spyOn(window, "setTimeout");
    scrollTo(0);
    expect(looked).not.toHaveBeenCalled();
  });

  it("that stand nowhere, or twice, are told once or not at all", async () => {
    const { at } = pageOf();
    const { tell, awaits } = orderOf();
    awaits("a", at(0));
    awaits("a", at(300));
    awaits("nowhere", () => null);
    await microtask();
    expect(tell.mock.calls).toEqual([[["a"]]]);
  });
});
