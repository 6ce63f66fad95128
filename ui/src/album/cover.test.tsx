// The cover of a folder: chosen by a person, else the newest picture.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PlaceRef } from "../host";
import { createFakeHost, type FakeHost } from "../host/fake";
import { FolderView } from "../listing";
import { rememberView } from "../place/view";
import { accessibilityViolations } from "../test/axe";
import { renderWithHost } from "../test/render";

const NOW = new Date(2026, 10, 24, 9, 20).getTime();
const top: PlaceRef = { space: { level: "protected", owner: null }, folder: "" };
const summer: PlaceRef = { ...top, folder: "Summer 2026/" };

const tile = (name: RegExp) => screen.findByRole("gridcell", { name });
const covers = async () => [...(await tile(/^Summer 2026/)).querySelectorAll("img")].map(({ src }) => src);
const showsCover = (host: FakeHost, key: string) =>
  waitFor(async () => {
    const wanted = host.fileUrl("thumb", summer.space, key, { version: "" });
    expect(await covers()).toContain(wanted);
  });
const menuOf = async (name: RegExp) => {
  fireEvent.contextMenu(await tile(name));
  return screen.findByRole("menu");
};
const entries = (menu: HTMLElement) =>
  within(menu)
    .getAllByRole("menuitem")
    .map((entry) => entry.textContent);

/** Every picture was looked at, so that none moves to its day in the middle of a test. */
function lookedAt(): FakeHost {
  const host = createFakeHost({ now: () => NOW });
  for (const { etag } of host.world.filesOf(summer.space)) host.world.seen.add(etag);
  return host;
}

beforeEach(() => {
  for (const place of [top, summer]) rememberView("practice", place, "album");
});

describe("the cover of a folder", () => {
  it("is the picture that was chosen, until the newest is wanted again", async () => {
    const host = lookedAt();
    const { user } = renderWithHost(<FolderView />, { host, place: top });
    await showsCover(host, "Summer 2026/quay.jpg");

    fireEvent.click(await tile(/^Summer 2026/));
    const menu = await menuOf(/^boat\.jpg/);
    expect(await accessibilityViolations(menu)).toEqual([]);
    await user.click(within(menu).getByRole("menuitem", { name: "Use as cover" }));
    await screen.findByText("“boat.jpg” is now the cover of Summer 2026");
    expect(await host.commands.albumCover(summer)).toBe("Summer 2026/boat.jpg");
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    await showsCover(host, "Summer 2026/boat.jpg");

    fireEvent.click(await tile(/^Summer 2026/));
    const again = await menuOf(/^boat\.jpg/);
    expect(entries(again), "it is the cover already").not.toContain("Use as cover");
    await user.click(within(again).getByRole("menuitem", { name: "Use the newest picture as cover" }));
    await screen.findByText("The newest picture is now the cover of Summer 2026");
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    await showsCover(host, "Summer 2026/quay.jpg");
  });

  it("is chosen and let go of in the lightbox too, by the picture on show", async () => {
    const host = lookedAt();
    const { user } = renderWithHost(<FolderView />, { host, place: summer });
    fireEvent.click(await tile(/^boat\.jpg/));
    const box = await screen.findByRole("dialog", { name: "Preview of boat.jpg" });
    await user.click(within(box).getByRole("button", { name: "Use as cover" }));
    await screen.findByText("“boat.jpg” is now the cover of Summer 2026");
    expect(await host.commands.albumCover(summer)).toBe("Summer 2026/boat.jpg");
    expect(within(box).queryByRole("button", { name: "Use as cover" }), "it is the cover already").toBeNull();
    const forget = within(box).getByRole("button", { name: "Use the newest picture as cover" });
    expect(document.activeElement, "the keyboard stays in the lightbox").toBe(forget);
    await user.click(forget);
    await screen.findByText("The newest picture is now the cover of Summer 2026");
    expect(await host.commands.albumCover(summer)).toBeNull();
  });

  it("is the newest picture where the chosen one is gone", async () => {
    const host = lookedAt();
    await host.commands.setAlbumCover(summer, "Summer 2026/deleted.jpg");
    renderWithHost(<FolderView />, { host, place: top });
    await showsCover(host, "Summer 2026/quay.jpg");
  });

  it("is the chosen picture also while its folder is still being read", async () => {
    const host = lookedAt();
    await host.commands.setAlbumCover(summer, "Summer 2026/zebra.jpg");
    const { openListing } = host.commands;
    vi.spyOn(host.commands, "openListing").mockImplementation(async (...args) => ({
      ...(await openListing(...args)),
      complete: false,
    }));
    renderWithHost(<FolderView />, { host, place: top });
    await showsCover(host, "Summer 2026/zebra.jpg");
  });

  it("is the newest picture where the chosen one can't be read, and a mark where neither can", async () => {
    vi.stubGlobal("fetch", async () => Response.json({}, { status: 403 }));
    const host = lookedAt();
    await host.commands.setAlbumCover(summer, "Summer 2026/boat.jpg");
    renderWithHost(<FolderView />, { host, place: top });
    await showsCover(host, "Summer 2026/boat.jpg");
    const breakAll = async () => {
      for (const image of (await tile(/^Summer 2026/)).querySelectorAll("img")) fireEvent.error(image);
    };
    await breakAll();
    await showsCover(host, "Summer 2026/quay.jpg");
    await breakAll();
    await waitFor(async () => expect(await covers()).toEqual([]));
    vi.unstubAllGlobals();
  });

  it("is offered for one picture alone, and not for a place itself", async () => {
    const view = renderWithHost(<FolderView />, { host: lookedAt(), place: summer });
    expect(entries(await menuOf(/^inspection-notes\.md/))).not.toContain("Use as cover");
    fireEvent.keyDown(screen.getByRole("menu"), { key: "Escape" });
    fireEvent.click(await tile(/^quay\.jpg/), { ctrlKey: true });
    await waitFor(() => expect(screen.getAllByRole("gridcell", { selected: true })).toHaveLength(2));
    expect(entries(await menuOf(/^quay\.jpg/)), "two are selected").not.toContain("Use as cover");
    view.unmount();

    const open: PlaceRef = { space: { level: "public", owner: null }, folder: "" };
    rememberView("practice", open, "album");
    renderWithHost(<FolderView />, { place: open });
    expect(entries(await menuOf(/^team\.jpg/))).not.toContain("Use as cover");
  });
});
