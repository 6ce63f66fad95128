// The frame: places, where I am, who can read it, shortcuts.
import { act, screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { useControls } from "../actions";
import { accessibilityViolations } from "../test/axe";
import { renderApp, renderWithHost } from "../test/render";
import { Frame } from "./Frame";

describe("the sidebar", () => {
  it("shows each place with its words about who can read it", async () => {
    renderApp();
    const sidebar = await screen.findByRole("navigation", { name: "Sidebar" });
    const places = within(sidebar).getByRole("list", { name: "Places" });
    expect(
      within(places)
        .getAllByRole("button")
        .map((place) => place.getAttribute("aria-label")),
    ).toEqual(["Private: Only you", "Protected: Everyone reads, you change", "Public: Everyone reads and changes"]);
    expect(await accessibilityViolations()).toEqual([]);
  });

  it("takes me to a place, and back takes me to where I was", async () => {
    const { user } = renderApp();
    await user.click(await screen.findByRole("button", { name: /^Public/ }));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Public");
    await user.click(screen.getByRole("button", { name: "Back" }));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Private");
  });

  it("is a sheet in a tiny window", async () => {
    vi.stubGlobal("innerWidth", 500);
    const { user } = renderApp();
    await user.click(await screen.findByRole("button", { name: "Show places" }));
    await user.click(await screen.findByRole("button", { name: /^Protected/ }));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Protected");
    expect(screen.queryByRole("dialog"), "choosing closes the sheet").toBeNull();
    vi.unstubAllGlobals();
  });
});

describe("the audience chip", () => {
  it("says who can read, and explains who everyone is", async () => {
    const { user } = renderApp();
    await user.click(await screen.findByRole("button", { name: /^Public/ }));
    await user.click(screen.getByRole("button", { name: "Who can read this: Everyone can read and change" }));
    const explanation = await screen.findByRole("dialog", { name: "Who can read this" });
    expect(explanation.textContent).toContain(
      "Everyone means anyone who uses this team's app, also without signing in.",
    );
    expect(explanation.textContent).toContain("The people who run the storage can always see all files.");
    expect(await accessibilityViolations()).toEqual([]);
  });
});

describe("breadcrumbs", () => {
  it("fold the folders in between into a menu when there are many", async () => {
    const { user } = renderWithHost(<Frame footer={null}>{null}</Frame>, {
      place: { space: { level: "private", owner: null }, folder: "a/b/c/d/" },
    });
    await user.click(await screen.findByRole("button", { name: "Folders in between" }));
    await user.click(await screen.findByRole("menuitem", { name: "b" }));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("b");
  });
});

describe("the toolbar", () => {
  const controls = {
    selected: 2,
    refresh: vi.fn(),
    selectAll: vi.fn(),
    clearSelection: vi.fn(),
    openSelected: vi.fn(),
    downloadSelected: vi.fn(),
    askRelocation: vi.fn(),
    askDelete: vi.fn(),
    askNewFolder: vi.fn(),
    chooseCover: null,
    forgetCover: null,
  };
  function Folder() {
    useControls("folder", controls);
    return null;
  }

  it("becomes what can be done with a selection", async () => {
    const { user } = renderWithHost(
      <Frame footer={null}>
        <Folder />
      </Frame>,
    );
    const bar = await screen.findByRole("toolbar", { name: "Actions for the selection" });
    expect(within(bar).getByText("2 selected")).toBeTruthy();
    await user.click(within(bar).getByRole("button", { name: "Download" }));
    await user.click(within(bar).getByRole("button", { name: "Clear selection" }));
    expect(controls.downloadSelected).toHaveBeenCalledOnce();
    expect(controls.clearSelection).toHaveBeenCalledOnce();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it("runs the same actions by keyboard, but not while text is typed", async () => {
    const { user } = renderWithHost(
      <Frame footer={null}>
        <Folder />
        <input aria-label="name" />
      </Frame>,
    );
    await screen.findByText("2 selected");
    await user.keyboard("{Delete}");
    expect(controls.askDelete).toHaveBeenCalledOnce();
    act(() => screen.getByRole("textbox", { name: "name" }).focus());
    await user.keyboard("{Delete}");
    expect(controls.askDelete, "Delete in a field edits the text").toHaveBeenCalledOnce();
  });

  it("is one stop of F6, which walks over the parts of the window", async () => {
    const { user } = renderWithHost(<Frame footer={<button type="button">transfers</button>}>{null}</Frame>);
    await screen.findByRole("heading", { level: 1 });
    await user.keyboard("{F6}");
    expect(document.activeElement?.textContent, "the sidebar comes first").toContain("Private");
    await user.keyboard("{F6}");
    expect(document.activeElement?.closest("header")).toBeTruthy();
    await user.keyboard("{F6}");
    expect(document.activeElement?.textContent, "an empty folder takes no focus").toBe("transfers");
    await user.keyboard("{Shift>}{F6}{/Shift}");
    expect(document.activeElement?.closest("header")).toBeTruthy();
  });

  it("lists all shortcuts at Ctrl+/", async () => {
    const { user } = renderApp();
    await screen.findByRole("heading", { level: 1 });
    await user.keyboard("{Control>}/{/Control}");
    const list = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(list.textContent).toContain("New folderCtrl+Shift+N");
    expect(await accessibilityViolations()).toEqual([]);
  });
});

it("tells how high its bottom is, so that news stays above the drawer", async () => {
  const height = vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(308);
  const { unmount } = renderWithHost(<Frame footer={<p>Transfers</p>}>{null}</Frame>);
  await screen.findByText("Transfers");
  const told = () => document.documentElement.style.getPropertyValue("--footer");
  expect(told()).toBe("308px");
  unmount();
  expect(told(), "a window without a bottom has nothing to keep free").toBe("");
  height.mockRestore();
});
