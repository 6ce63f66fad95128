// The page of all albums: reached from the sidebar, walked over by back and forward, in place of the folder.
import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PlaceRef } from "../host";
import { createFakeHost } from "../host/fake";
import { rememberView } from "../place/view";
import { accessibilityViolations } from "../test/axe";
import { renderApp } from "../test/render";

const summer: PlaceRef = { space: { level: "protected", owner: null }, folder: "Summer 2026/" };
const field: PlaceRef = { space: { level: "private", owner: null }, folder: "Field work/2026/" };

/** Has an element come into view. */
let see: (element: Element) => void;

beforeEach(() => {
  const seers = new Map<Element, () => void>();
  see = (element) => act(() => seers.get(element)?.());
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      callback: (entries: { isIntersecting: boolean }[]) => void;
      constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
        this.callback = callback;
      }
      observe(element: Element) {
        seers.set(element, () => this.callback([{ isIntersecting: true }]));
      }
      disconnect() {}
    },
  );
});

afterEach(() => vi.unstubAllGlobals());

const title = () => screen.getByRole("heading", { level: 1 }).textContent;

async function withAlbums() {
  const host = createFakeHost();
  for (const place of [summer, field]) await host.commands.pinFolder(place, true);
  const view = renderApp(host);
  const pinned = await screen.findByRole("list", { name: "Pinned" });
  const entry = within(pinned).getByRole("button", { name: "All albums" });
  return { ...view, entry };
}

async function onThePage() {
  const view = await withAlbums();
  await view.user.click(view.entry);
  const albums = within(await screen.findByRole("list", { name: "All albums" })).getAllByRole("button", {
    name: /: .*\. /,
  });
  return { ...view, albums };
}

describe("the page of all albums", () => {
  it("shows each with its name, where it is and who can read it, and passes the accessibility checker", async () => {
    const { albums, entry } = await onThePage();
    expect(title()).toBe("All albums");
    expect(entry.getAttribute("aria-current")).toBe("page");
    expect(screen.getAllByRole("button", { current: "page" }), "the place under the page is not shown").toHaveLength(1);
    expect(albums.map((album) => album.getAttribute("aria-label"))).toEqual([
      "Summer 2026: Protected / Summer 2026. Everyone reads, you change",
      "2026: Private / Field work / 2026. Only you",
    ]);
    expect(await accessibilityViolations()).toEqual([]);
  });

  it("looks only into the folders that come into view, and shows the cover that was chosen", async () => {
    const { albums, host } = await onThePage();
    const [first, second] = albums as [HTMLElement, HTMLElement];
    await host.commands.setAlbumCover(summer, "Summer 2026/gulls.jpg");
    see(first);
    const cover = host.fileUrl("thumb", summer.space, "Summer 2026/gulls.jpg", { version: "" });
    await waitFor(() => expect(first.querySelector("img")?.src).toBe(cover));
    expect(second.querySelector("img"), "nobody scrolled there").toBeNull();
    see(second);
    await waitFor(() => expect(second.querySelector("img")).toBeTruthy());
  });

  it("lets the cover be chosen among the album's own pictures, or left to the newest", async () => {
    const { user, host, albums } = await onThePage();
    see(albums[0] as HTMLElement);
    const shows = async (key: string) => {
      const cover = host.fileUrl("thumb", summer.space, key, { version: "" });
      await waitFor(() => expect(albums[0]?.querySelector("img")?.src).toBe(cover));
    };
    const choose = async () => {
      await user.click(screen.getByRole("button", { name: "Choose the cover of Summer 2026" }));
      return screen.findByRole("dialog", { name: "Choose the cover of Summer 2026" });
    };
    const dialog = await choose();
    const boat = await within(dialog).findByRole("gridcell", { name: /^boat\.jpg/ });
    const media = within(dialog)
      .getAllByRole("gridcell")
      .map((cell) => cell.getAttribute("aria-label"));
    expect(media.length).toBeGreaterThan(1);
    expect(
      media.filter((name) => !/\.(jpg|png)/.test(name ?? "")),
      "texts and folders are no cover",
    ).toEqual([]);
    expect(await accessibilityViolations(dialog)).toEqual([]);
    const newest = { name: "Use the newest picture" };
    expect(within(dialog).queryByRole("button", newest), "it is the newest already").toBeNull();
    await user.click(boat);
    await screen.findByText("“boat.jpg” is now the cover of Summer 2026");
    expect(await host.commands.albumCover(summer)).toBe("Summer 2026/boat.jpg");
    expect(screen.queryByRole("dialog"), "one is enough").toBeNull();
    await shows("Summer 2026/boat.jpg");

    await user.click(await within(await choose()).findByRole("button", newest));
    await screen.findByText("The newest picture is now the cover of Summer 2026");
    expect(await host.commands.albumCover(summer)).toBeNull();
  });

  it("opens a folder as an album whatever it was shown as, by keyboard too, and back leads to the page", async () => {
    rememberView("practice", summer, "list");
    const { albums, user } = await onThePage();
    act(() => albums[0]?.focus());
    await user.keyboard("{Enter}");
    await screen.findByRole("grid", { name: "Album of Summer 2026" });
    expect(title()).toBe("Summer 2026");
    await user.click(screen.getByRole("button", { name: "Back" }));
    await screen.findByRole("list", { name: "All albums" });
    await user.click(screen.getByRole("button", { name: "Back" }));
    expect(title()).toBe("Private");
    await user.click(screen.getByRole("button", { name: "Forward" }));
    expect(title()).toBe("All albums");
  });

  it("opens the folder that it covers as an album too", async () => {
    const { user } = await withAlbums();
    const entry = () => screen.getByRole("button", { name: "Summer 2026: Protected / Summer 2026" });
    await user.click(entry());
    await user.click(screen.getByRole("radio", { name: "List" }));
    await user.click(screen.getByRole("button", { name: "All albums" }));
    expect(entry().getAttribute("aria-current"), "it is not what is on screen").toBeNull();
    await user.click(screen.getByRole("button", { name: /^Summer 2026: .*Everyone reads/ }));
    await screen.findByRole("grid", { name: "Album of Summer 2026" });
  });

  it("takes no upload, no search and no other view: there is no folder that they would be for", async () => {
    const { host, user } = await onThePage();
    const choose = vi.spyOn(host.commands, "chooseUpload");
    expect(screen.queryByRole("group", { name: "Toolbar" })).toBeNull();
    await user.keyboard("{Control>}u3{/Control}{Alt>}{ArrowUp}{/Alt}");
    expect(choose).not.toHaveBeenCalled();
    expect(title()).toBe("All albums");
    await user.click(screen.getByRole("button", { name: "Back" }));
    expect(await screen.findByRole("grid", { name: /Private/ })).toBeTruthy();
    expect(screen.queryByRole("grid", { name: /^Album/ }), "the folder kept its view").toBeNull();
  });

  it("says how albums come here when none is left", async () => {
    const { host } = await onThePage();
    act(() => void host.world.setState({ pinned: [] }));
    await screen.findByText("No albums yet: pin a folder in its album, and it stands here.");
    expect(screen.queryByRole("button", { name: "All albums" }), "nothing is pinned").toBeNull();
    expect(await accessibilityViolations()).toEqual([]);
  });
});
