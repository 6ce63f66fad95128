// The settings: reached by menu and keys, in force at once, and back where they were when refused.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { accessibilityViolations } from "../test/axe";
import { renderApp } from "../test/render";
import { bytesOf, inUnit, leastOf, unitOf } from "./limit";

async function renderSettings() {
  const host = createFakeHost();
  const set = vi.spyOn(host.commands, "setTransferSettings");
  const view = renderApp(host);
  await screen.findByRole("navigation", { name: "Sidebar" });
  // What is painted may not listen to keys yet.
  const dialog = await waitFor(() => {
    fireEvent.keyDown(window, { key: ",", ctrlKey: true });
    return screen.getByRole("dialog", { name: "Settings" });
  });
  await within(dialog).findByText("Speed");
  return { ...view, host, set, dialog };
}

describe("the settings", () => {
  it("are also in the account's menu, and accessible", async () => {
    const { dialog, user } = await renderSettings();
    expect(await accessibilityViolations(dialog)).toEqual([]);
    fireEvent.click(within(dialog).getByRole("button", { name: "Done" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(screen.getByRole("button", { name: /^Account: / }));
    await user.click(await screen.findByRole("menuitem", { name: /^Settings…/ }));
    await screen.findByRole("dialog", { name: "Settings" });
  });

  it("limit the speed in units of people", async () => {
    const { dialog, set } = await renderSettings();
    fireEvent.click(within(dialog).getByRole("checkbox", { name: "Limit how fast files go up" }));
    await waitFor(() => expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ uploadLimit: 2_000_000 })));
    const value = await within(dialog).findByRole("textbox", { name: "Most for uploads" });
    fireEvent.change(value, { target: { value: "3.5" } });
    fireEvent.blur(value);
    await waitFor(() => expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ uploadLimit: 3_500_000 })));
    fireEvent.click(within(dialog).getByRole("radio", { name: "KB/s" }));
    await waitFor(() => expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ uploadLimit: 20_000 })));
    fireEvent.click(within(dialog).getByRole("checkbox", { name: "Limit how fast files go up" }));
    await waitFor(() => expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ uploadLimit: null })));
  });

  it("say how many go at once, what is left out, and whether the end is told", async () => {
    const { dialog, set } = await renderSettings();
    fireEvent.click(within(dialog).getByRole("radio", { name: "A number" }));
    await waitFor(() => expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ atOnce: 4 })));
    const names = within(dialog).getByRole("textbox", { name: "Leave out these names" });
    fireEvent.change(names, { target: { value: ".DS_Store\n\n  *.tmp " } });
    fireEvent.blur(names);
    await waitFor(() =>
      expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ excluded: [".DS_Store", "*.tmp"], atOnce: 4 })),
    );
    fireEvent.click(within(dialog).getByRole("checkbox", { name: "Keep a fingerprint with each file (SHA-256)" }));
    await waitFor(() => expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ sha256: true })));
    fireEvent.click(within(dialog).getByRole("checkbox", { name: /^Tell me when transfers end/ }));
    await waitFor(() => expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ notify: false })));
  });

  it("keep where photos were taken from others, unless the person says otherwise", async () => {
    const { dialog, set } = await renderSettings();
    const remove = within(dialog).getByRole("checkbox", {
      name: "Remove location from photos and videos that others can see",
    });
    expect((remove as HTMLInputElement).checked, "on by default").toBe(true);
    fireEvent.click(remove);
    const photos = { removeLocation: false, size: "original", skipDuplicates: false, ask: true };
    await waitFor(() => expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ photos })));
    fireEvent.click(within(dialog).getByRole("radio", { name: "2048 pixels" }));
    photos.size = "medium";
    await waitFor(() => expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ photos })));
    fireEvent.click(within(dialog).getByRole("checkbox", { name: /^Ask before photos and videos with a location/ }));
    await waitFor(() =>
      expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ photos: { ...photos, ask: false } })),
    );
  });

  it("store thumbnails for other computers only where the person says so", async () => {
    const { dialog, set } = await renderSettings();
    const store = within(dialog).getByRole("checkbox", { name: "Store thumbnails beside your pictures" });
    expect((store as HTMLInputElement).checked, "off by default").toBe(false);
    fireEvent.click(store);
    await waitFor(() => expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ storeThumbnails: true })));
    expect((store as HTMLInputElement).checked).toBe(true);
    fireEvent.click(store);
    await waitFor(() => expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ storeThumbnails: false })));
  });

  it("that are refused say why and go back", async () => {
    const { dialog, host } = await renderSettings();
    host.commands.setTransferSettings = async () => {
      throw { code: "nameNotAllowed", message: "Couldn't set it.", hint: "", retry: { kind: "never" }, detail: "" };
    };
    const goOn = within(dialog).getByRole("checkbox", { name: /^Go on by itself/ });
    fireEvent.click(goOn);
    await within(dialog).findByText("Couldn't set it.");
    await waitFor(() => expect((goOn as HTMLInputElement).checked).toBe(true));
  });
});

describe("a limit", () => {
  it("is written in the unit that it was chosen in", () => {
    for (const [value, unit] of [
      [20, "kilobytes"],
      [990, "kilobytes"],
      [0.5, "megabytes"],
      [2, "megabytes"],
      [12.5, "megabytes"],
    ] as const) {
      const bytes = bytesOf(value, unit);
      expect(unitOf(bytes)).toBe(unit);
      expect(inUnit(bytes, unit)).toBe(value);
    }
    expect(bytesOf(leastOf("kilobytes"), "kilobytes")).toBeGreaterThan(16_384);
  });
});
