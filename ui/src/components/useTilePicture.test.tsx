// A tile's picture in two steps, by what is asked of the host and what is on show.
import { act, fireEvent, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { renderWithHost } from "../test/render";
import { S3Image, type S3ImageProps } from ".";
import { REST } from "./useTilePicture";

/** What the web view would tell of a tile: whether it is in view. */
let see: (isIntersecting: boolean) => void = () => undefined;
/** Ends the decoding under way. */
let decoded: { resolve: () => void; reject: (reason: Error) => void };
let observed = 0;
let real: typeof IntersectionObserver;

beforeEach(() => {
  observed = 0;
  real = globalThis.IntersectionObserver;
  globalThis.IntersectionObserver = class {
    constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
      see = (isIntersecting) => act(() => callback([{ isIntersecting }]));
    }
    observe() {
      observed += 1;
    }
    disconnect() {
      see = () => undefined;
    }
  } as unknown as typeof IntersectionObserver;
  HTMLImageElement.prototype.decode = () =>
    new Promise<void>((resolve, reject) => {
      decoded = { resolve, reject };
    });
});

afterEach(() => {
  vi.useRealTimers();
  globalThis.IntersectionObserver = real;
  Reflect.deleteProperty(HTMLImageElement.prototype, "decode");
});

const images = () => [...document.querySelectorAll("img")];
const addresses = () => images().map((image) => image.getAttribute("src"));
const drawn = () => images().find(({ style }) => style.display !== "none");

/** A tile on a host that has a first look and a sharp picture at two addresses. */
async function tile(props: S3ImageProps = {}) {
  const host = createFakeHost();
  const tracked = { first: false, sharp: false };
  host.fileUrl = (_, __, key, how) => {
    if (how.track) tracked[how.first ? "first" : "sharp"] = true;
    return `data:,${how.first ? "first" : "sharp"}-${key}-${how.size}`;
  };
  const view = renderWithHost(<S3Image imgKey="a.jpg" size={240} firstLook {...props} />, { host });
  await waitFor(() => expect(images()).toHaveLength(1));
  vi.useFakeTimers();
  return { ...view, tracked };
}

const FIRST = "data:,first-a.jpg-256";
const SHARP = "data:,sharp-a.jpg-256";

function arrive(width = 160) {
  const image = drawn();
  if (!image) throw new Error("nothing is drawn");
  Object.defineProperties(image, { naturalWidth: { value: width }, naturalHeight: { value: width / 2 } });
  fireEvent.load(image);
}

const pass = (time: number) => act(() => vi.advanceTimersByTime(time));
const settle = (end: () => void) => act(async () => end());

describe("A tile's picture", () => {
  it("is the first look at once, and the sharp one only after the tile rested in view", async () => {
    await tile();
    expect(addresses()).toEqual([FIRST]);
    arrive();
    pass(10 * REST);
    expect(addresses(), "out of view").toEqual([FIRST]);
    see(true);
    pass(REST - 1);
    expect(addresses(), "not for long enough").toEqual([FIRST]);
    pass(1);
    expect(addresses()).toEqual([FIRST, SHARP]);
  });

  it("is replaced once the sharp one is decoded, by the element that holds it", async () => {
    await tile({ className: "mine" });
    arrive();
    see(true);
    pass(REST);
    const aside = images()[1];
    expect(drawn()?.getAttribute("src"), "the first look stays until then").toBe(FIRST);
    await settle(decoded.resolve);
    expect(images()).toEqual([aside]);
    expect(drawn()).toBe(aside);
    expect(aside?.className).toContain("mine");
    expect(aside?.className, "it does not fade in").not.toContain("loading");
  });

  it("waits while anything scrolls", async () => {
    await tile();
    arrive();
    see(true);
    for (let step = 0; step < 5; step++) {
      pass(REST - 1);
      fireEvent.scroll(document.body);
    }
    expect(addresses()).toEqual([FIRST]);
    pass(REST);
    expect(addresses()).toEqual([FIRST, SHARP]);
  });

  it("asks nothing sharp for a tile that left, and gives up what was under way", async () => {
    await tile();
    arrive();
    see(true);
    pass(REST - 1);
    see(false);
    fireEvent.scroll(document.body);
    pass(10 * REST);
    expect(addresses(), "it left before").toEqual([FIRST]);
    see(true);
    pass(REST);
    const aside = images()[1];
    see(false);
    expect(addresses(), "it left meanwhile").toEqual([FIRST]);
    expect(aside?.hasAttribute("src"), "the request is given up").toBe(false);
    await settle(decoded.resolve);
    expect(addresses()).toEqual([FIRST]);
  });

  it("gives up what was under way when the tile is gone", async () => {
    const { unmount } = await tile();
    arrive();
    see(true);
    pass(REST);
    const aside = images()[1];
    unmount();
    expect(aside?.hasAttribute("src")).toBe(false);
  });

  it("lets go of its pixels when the tile is gone", async () => {
    const { unmount } = await tile();
    arrive();
    const element = drawn();
    unmount();
    await Promise.resolve();
    expect(element?.hasAttribute("src")).toBe(false);
  });

  it("is the sharp one where there is no first look, and its failure is told", async () => {
    const refused = { code: "notAPicture", message: "no", hint: "", retry: { kind: "never" }, detail: "" };
    vi.spyOn(globalThis, "fetch").mockResolvedValue(Response.json(refused, { status: 415 }));
    const onError = vi.fn();
    await tile({ onError });
    fireEvent.error(images()[0] as HTMLImageElement);
    expect(addresses()).toEqual([SHARP]);
    expect(onError).not.toHaveBeenCalled();
    vi.useRealTimers();
    fireEvent.error(images()[0] as HTMLImageElement);
    await waitFor(() => expect(onError).toHaveBeenCalledExactlyOnceWith(refused));
  });

  it("stays the first look where the sharp one fails, until the tile comes into view again", async () => {
    await tile();
    arrive();
    see(true);
    pass(REST);
    await settle(() => decoded.reject(new Error("broken")));
    expect(drawn()?.getAttribute("src")).toBe(FIRST);
    see(false);
    see(true);
    pass(REST);
    await settle(decoded.resolve);
    expect(addresses()).toEqual([SHARP]);
  });

  it("stays the first look where that is as large as the tile", async () => {
    await tile();
    arrive(256);
    expect(observed).toBe(0);
    see(true);
    pass(10 * REST);
    expect(addresses()).toEqual([FIRST]);
  });

  it("notes one get for both looks where it is tracked", async () => {
    const { tracked } = await tile({ track: true });
    arrive();
    see(true);
    pass(REST);
    await settle(decoded.resolve);
    expect(addresses()).toEqual([SHARP]);
    expect(tracked).toEqual({ first: true, sharp: false });
  });
});
