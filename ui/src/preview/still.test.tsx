// Pictures that move, where the system asks for less movement.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PlaceRef } from "../host";
import { createFakeHost } from "../host/fake";
import { FolderView } from "../listing";
import { accessibilityViolations } from "../test/axe";
import { renderWithHost } from "../test/render";

const place: PlaceRef = { space: { level: "private", owner: null }, folder: "Waves/" };
const NAMES = ["wave.gif", "calm.webp", "pier.jpg"];

/** What the engine serves: a GIF of what moves, a JPEG of everything else. */
const served = vi.fn(async (url: string | URL | Request) => {
  const type = String(url).includes("wave.gif") ? "image/gif" : "image/jpeg";
  return new Response("", { headers: { "content-type": type } });
});

function asksForLess(reduce: boolean) {
  vi.spyOn(window, "matchMedia").mockImplementation(
    (media) =>
      ({
        matches: reduce,
        media,
        addEventListener: () => null,
        removeEventListener: () => null,
      }) as unknown as MediaQueryList,
  );
}

async function opened(name: string) {
  const host = createFakeHost();
  for (const file of NAMES) {
    host.world.filesOf(place.space).push({ key: `${place.folder}${file}`, size: 9, modified: 1, etag: `0123${file}` });
  }
  host.fileUrl = (kind, _, key) => `https://host.test/${kind}/${key}`;
  const view = renderWithHost(<FolderView />, { host, place });
  fireEvent.doubleClick(await screen.findByRole("row", { name: new RegExp(name) }));
  const box = await screen.findByRole("dialog", { name: `Preview of ${name}` });
  const source = async () => ((await within(box).findByAltText(name)) as HTMLImageElement).src.split("/")[3];
  return { ...view, box, source };
}

beforeEach(() => {
  served.mockClear();
  vi.stubGlobal("fetch", served);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("where the system asks for less movement", () => {
  it("a picture that moves stands still until it is played", async () => {
    asksForLess(true);
    const { user, box, source } = await opened("wave.gif");
    const play = await within(box).findByRole("button", { name: "Play" });
    expect(await source(), "a thumbnail never moves").toBe("thumb");
    expect(await accessibilityViolations(box)).toEqual([]);
    await user.click(play);
    await waitFor(async () => expect(await source()).toBe("picture"));
    expect(within(box).queryByRole("button", { name: "Play" })).toBeNull();
  });

  it("a picture that could move and does not is shown in large", async () => {
    asksForLess(true);
    const { box, source } = await opened("calm.webp");
    await waitFor(async () => expect(await source()).toBe("picture"));
    expect(within(box).queryByRole("button", { name: "Play" })).toBeNull();
  });

  it("nothing is asked of a kind that never moves", async () => {
    asksForLess(true);
    const { source } = await opened("pier.jpg");
    expect(await source()).toBe("picture");
    expect(served).not.toHaveBeenCalled();
  });
});

it("a picture that moves plays by itself where nothing else was asked for", async () => {
  asksForLess(false);
  const { source } = await opened("wave.gif");
  expect(await source()).toBe("picture");
  expect(served).not.toHaveBeenCalled();
});
