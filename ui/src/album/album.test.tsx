// The folder as an album: days, tiles of every kind, the same selection, the picture in large.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import type { PlaceRef } from "../host";
import { Sidebar } from "../frame/Sidebar";
import { FolderView } from "../listing";
import { rememberView } from "../place/view";
import { accessibilityViolations } from "../test/axe";
import { renderWithHost } from "../test/render";

const NOW = new Date(2026, 10, 24, 9, 20).getTime();
const summer: PlaceRef = { space: { level: "protected", owner: null }, folder: "Summer 2026/" };

const tile = (name: RegExp) => screen.findByRole("gridcell", { name });
const headings = () => screen.getAllByRole("rowheader").map((heading) => heading.getAttribute("aria-label"));
const selected = () => screen.queryAllByRole("gridcell", { selected: true }).length;

/** A picture that gives nothing is asked for once more. */
async function missTwice(find: () => HTMLElement | null) {
  const other = async (than: HTMLElement | null) => {
    await waitFor(() => expect([null, than]).not.toContain(find()));
    return find() as HTMLElement;
  };
  const first = await other(null);
  fireEvent.error(first);
  fireEvent.error(await other(first));
}

beforeEach(() => rememberView("practice", summer, "album"));

describe("an album", () => {
  it("has days with what is in them, and passes the accessibility checker", async () => {
    const { container } = renderWithHost(<FolderView />, { host: createFakeHost({ now: () => NOW }), place: summer });
    await tile(/^dawn\.jpg/);
    const days = screen.getAllByRole("rowheader").map((heading) => heading.getAttribute("aria-label"));
    expect(days[0]).toBe("Tuesday, 24 November · 1 photo, 1 note");
    expect(days[1]).toBe("Monday, 23 November · 2 photos");
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it("shows the first lines of a text", async () => {
    renderWithHost(<FolderView />, { place: summer });
    const note = await tile(/^inspection-notes\.md/);
    expect(await within(note).findByText(/Quay wall, north side/)).toBeTruthy();
  });

  it("shows what kind of file a picture is that can't be shown", async () => {
    renderWithHost(<FolderView />, { place: summer });
    const dawn = await tile(/^dawn\.jpg/);
    await missTwice(() => dawn.querySelector("img"));
    expect(await within(dawn).findByText("JPEG image, no preview")).toBeTruthy();
  });

  it("opens a picture by a press and goes on by arrows, the counter tells where", async () => {
    renderWithHost(<FolderView />, { place: summer });
    fireEvent.click(await tile(/^dawn\.jpg/));
    const preview = await screen.findByRole("dialog", { name: "Preview of dawn.jpg" });
    await within(preview).findByText(/^1 of 12/);
    fireEvent.keyDown(within(preview).getByRole("button", { name: "Close" }), { key: "ArrowRight" });
    await screen.findByRole("dialog", { name: "Preview of inspection-notes.md" });
    await screen.findByText(/^2 of 12/);
    expect(await accessibilityViolations(screen.getByRole("dialog"))).toEqual([]);
    fireEvent.keyDown(screen.getByRole("button", { name: "Close" }), { key: "Escape" });
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("says why a picture can't be shown, and offers it all the same", async () => {
    renderWithHost(<FolderView />, { place: summer });
    fireEvent.click(await tile(/^dawn\.jpg/));
    const preview = await screen.findByRole("dialog");
    await missTwice(() => within(preview).queryByAltText("dawn.jpg"));
    await within(preview).findByText("This picture can’t be shown.");
    expect(within(preview).getAllByRole("button", { name: "Download" }).length).toBeGreaterThan(0);
  });

  it("selects by the check circle, by Ctrl-press and by Space", async () => {
    renderWithHost(<FolderView />, { place: summer });
    const dawn = await tile(/^dawn\.jpg/);
    fireEvent.click(within(dawn).getByRole("button", { name: "Select dawn.jpg" }));
    await waitFor(() => expect(selected()).toBe(1));
    fireEvent.click(await tile(/^gulls\.jpg/), { ctrlKey: true });
    await waitFor(() => expect(selected()).toBe(2));
    fireEvent.keyDown(screen.getByRole("grid"), { key: " " });
    await waitFor(() => expect(selected()).toBe(1));
    fireEvent.keyDown(screen.getByRole("grid"), { key: "Escape" });
    await waitFor(() => expect(selected()).toBe(0));
  });
});

describe("a range of tiles", () => {
  const cells = (chosen?: boolean) =>
    screen.queryAllByRole("gridcell", { selected: chosen }).map((cell) => cell.getAttribute("aria-label"));

  /** The labels of the tiles, in the order of the wall. */
  async function wall() {
    const host = createFakeHost({ now: () => NOW });
    // Dates that are learned would move tiles between the presses.
    host.commands.pictureFacts = async () => [];
    const view = renderWithHost(<FolderView />, { host, place: summer });
    await tile(/^dawn\.jpg/);
    return { ...view, all: cells() };
  }
  const cell = (label: string | null | undefined) => screen.getByRole("gridcell", { name: label ?? "" });

  it("is selected by a press with Shift, from the last one on, in either direction", async () => {
    const { all } = await wall();
    fireEvent.click(cell(all[2]), { ctrlKey: true });
    await waitFor(() => expect(cells(true)).toEqual([all[2]]));
    fireEvent.click(cell(all[5]), { shiftKey: true });
    await waitFor(() => expect(cells(true)).toEqual(all.slice(2, 6)));
    fireEvent.click(cell(all[0]), { shiftKey: true });
    await waitFor(() => expect(cells(true)).toEqual(all.slice(0, 6)));
    expect(screen.queryByRole("dialog"), "a press with Shift opens nothing").toBeNull();
  });

  it("is selected by the check circle with Shift", async () => {
    const { all } = await wall();
    fireEvent.click(within(cell(all[1])).getByRole("button"));
    await waitFor(() => expect(cells(true)).toEqual([all[1]]));
    fireEvent.click(within(cell(all[4])).getByRole("button"), { shiftKey: true });
    await waitFor(() => expect(cells(true)).toEqual(all.slice(1, 5)));
  });

  it("grows and shrinks by the arrows with Shift", async () => {
    const { all } = await wall();
    const grid = screen.getByRole("grid");
    fireEvent.click(cell(all[1]), { ctrlKey: true });
    await waitFor(() => expect(cells(true)).toEqual([all[1]]));
    for (const end of [3, 4]) {
      fireEvent.keyDown(grid, { key: "ArrowRight", shiftKey: true });
      await waitFor(() => expect(cells(true)).toEqual(all.slice(1, end)));
    }
    fireEvent.keyDown(grid, { key: "ArrowLeft", shiftKey: true });
    await waitFor(() => expect(cells(true)).toEqual(all.slice(1, 3)));
  });
});

describe("the wall of an album", () => {
  it("groups by days, months or years, and remembers which", async () => {
    const { user } = renderWithHost(<FolderView />, { host: createFakeHost({ now: () => NOW }), place: summer });
    await tile(/^dawn\.jpg/);
    await user.click(screen.getByRole("radio", { name: "Months" }));
    await waitFor(() => expect(headings()[0]).toMatch(/^November 2026 · /));
    await user.click(screen.getByRole("radio", { name: "Years" }));
    await waitFor(() => expect(headings()[0]).toMatch(/^2026 · /));
    expect(localStorage.getItem("amphora.album.zoom")).toBe("year");
  });

  it("puts pictures at the day when they were taken once they were looked at, those without a date last", async () => {
    renderWithHost(<FolderView />, { host: createFakeHost({ now: () => NOW }), place: summer });
    await tile(/^dawn\.jpg/);
    await waitFor(() => expect(headings()[1]).not.toBe("Monday, 23 November · 2 photos"));
    fireEvent.keyDown(screen.getByRole("slider", { name: "Time" }), { key: "End" });
    await waitFor(() => expect(headings().at(-1)).toMatch(/^No date · \d+ photos?$/));
    const cells = screen.getAllByRole("gridcell").map((cell) => cell.getAttribute("aria-label"));
    expect(new Set(cells).size).toBe(cells.length);
  });

  it("selects a day by the circle at its heading, and lets go of it again", async () => {
    const { user } = renderWithHost(<FolderView />, { host: createFakeHost({ now: () => NOW }), place: summer });
    await tile(/^dawn\.jpg/);
    const [, second] = screen.getAllByRole("button", { name: /^Select everything of/ });
    await user.click(second as HTMLElement);
    await waitFor(() => expect(selected()).toBe(2));
    await user.click(screen.getByRole("button", { name: /^Select nothing of/ }));
    await waitFor(() => expect(selected()).toBe(0));
  });

  it("of 100,000 files draws a screen of tiles, and has a slider for its months", async () => {
    const all: PlaceRef = { space: { level: "public", owner: null }, folder: "" };
    rememberView("practice", all, "album");
    const host = createFakeHost({ scenario: "big", now: () => NOW });
    const { container } = renderWithHost(<FolderView />, { host, place: all });
    await tile(/^photo 000001\.jpg/);
    expect(screen.getAllByRole("gridcell").length).toBeLessThan(120);
    const slider = screen.getByRole("slider", { name: "Time" });
    expect(slider.getAttribute("aria-valuetext")).toBe("November 2026");
    expect(await accessibilityViolations(container)).toEqual([]);
    fireEvent.keyDown(slider, { key: "End" });
    await waitFor(() => expect(slider.getAttribute("aria-valuetext")).toBe("September 2026"));
    await waitFor(() => expect(screen.queryByRole("gridcell", { name: /^photo 000001\.jpg/ })).toBeNull());
    expect(screen.getAllByRole("gridcell").length).toBeLessThan(120);
  });
});

describe("a folder that is pinned", () => {
  it("stands in the sidebar, leads there, and goes again", async () => {
    const host = createFakeHost();
    const { user } = renderWithHost(
      <>
        <Sidebar />
        <FolderView />
      </>,
      { host, place: summer },
    );
    await tile(/^dawn\.jpg/);
    await user.click(screen.getByRole("button", { name: "Pin" }));
    const pinned = await screen.findByRole("list", { name: "Pinned" });
    const entry = within(pinned).getByRole("button", { name: "Summer 2026: Protected / Summer 2026" });
    expect(entry.getAttribute("aria-current")).toBe("page");
    expect(await accessibilityViolations()).toEqual([]);
    await user.click(screen.getByRole("button", { name: /^Private/ }));
    await user.click(entry);
    await screen.findByRole("grid", { name: "Album of Summer 2026" });
    await user.click(screen.getByRole("button", { name: "Pinned" }));
    await waitFor(() => expect(screen.queryByRole("list", { name: "Pinned" })).toBeNull());
  });
});

describe("folders in an album", () => {
  it("show their newest picture as a cover, and open", async () => {
    const field: PlaceRef = { space: { level: "private", owner: null }, folder: "Field work/2026/" };
    rememberView("practice", field, "album");
    const { container } = renderWithHost(<FolderView />, { place: field });
    const visits = await tile(/^Site visits/);
    await waitFor(() => expect(visits.querySelector("img")).toBeTruthy());
    const empty = await tile(/^2025/);
    expect(empty.querySelector("img"), "a folder without pictures has none").toBeNull();
    expect(await accessibilityViolations(container)).toEqual([]);
    fireEvent.click(visits);
    await tile(/^quay\.jpg/);
  });
});

describe("the lightbox", () => {
  const openDawn = async () => {
    const view = renderWithHost(<FolderView />, { host: createFakeHost({ now: () => NOW }), place: summer });
    fireEvent.click(await tile(/^dawn\.jpg/));
    const preview = await screen.findByRole("dialog", { name: "Preview of dawn.jpg" });
    return { ...view, preview };
  };
  const key = (name: string) => fireEvent.keyDown(screen.getByRole("button", { name: "Close" }), { key: name });

  it("comes nearer by keys, and an arrow then pushes the picture instead of turning the page", async () => {
    const { preview } = await openDawn();
    const posed = () => preview.querySelector<HTMLElement>("[style*=scale]")?.style.transform;
    expect(posed()).toContain("scale(1)");
    key("+");
    await waitFor(() => expect(posed()).toContain("scale(1.5)"));
    key("ArrowRight");
    expect(screen.getByRole("dialog", { name: "Preview of dawn.jpg" })).toBeTruthy();
    key("0");
    await waitFor(() => expect(posed()).toContain("scale(1)"));
    key("ArrowRight");
    await waitFor(() => expect(screen.queryByRole("dialog", { name: "Preview of dawn.jpg" })).toBeNull());
  });

  it("tells what the file says of the picture, and passes the accessibility checker", async () => {
    const { preview } = await openDawn();
    key("i");
    const info = await within(preview).findByRole("complementary", { name: "Information" });
    await within(info).findByText(/^[\d,]+ × [\d,]+ pixels$/);
    within(info).getByText("Protected / Summer 2026");
    await within(info).findByText("FUJIFILM X100V");
    within(info).getByText("1/250 s · f/2.8 · ISO 200 · 23 mm");
    within(info).getByText("47.3750° N, 8.3750° E");
    expect(await accessibilityViolations(preview)).toEqual([]);
  });

  it("has the neighbours below, and goes where one is pressed", async () => {
    const { preview, user } = await openDawn();
    const strip = await within(preview).findByRole("group", { name: "Files before and after" });
    await user.click(within(strip).getByRole("button", { name: "gulls.jpg" }));
    await screen.findByRole("dialog", { name: "Preview of gulls.jpg" });
    expect(within(strip).getByRole("button", { name: "gulls.jpg" }).getAttribute("aria-current")).toBe("true");
  });

  it("keeps favourites for this account on this computer, without their names, and shows them alone", async () => {
    const { user } = await openDawn();
    key("f");
    await screen.findByRole("button", { name: "Remove from favourites" });
    expect(localStorage.getItem("amphora.favourites")).toMatch(/^[\da-z]+$/);
    key("Escape");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(screen.getByRole("button", { name: "Favourites" }));
    await waitFor(() => expect(screen.getAllByRole("gridcell")).toHaveLength(1));
    expect(screen.getByRole("gridcell", { name: /^dawn\.jpg/ })).toBeTruthy();
  });

  it("shows one picture after the other by itself, once each is there, until it is paused", async () => {
    const { preview, user } = await openDawn();
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      await user.click(within(preview).getByRole("button", { name: "Play slideshow" }));
      await vi.advanceTimersByTimeAsync(20_000);
      expect(screen.getByRole("dialog", { name: "Preview of dawn.jpg" }), "it waits for the picture").toBeTruthy();
      fireEvent.load(within(preview).getByAltText("dawn.jpg"));
      await vi.advanceTimersByTimeAsync(6_000);
      await waitFor(() => expect(screen.queryByRole("dialog", { name: "Preview of dawn.jpg" })).toBeNull());
      await user.click(screen.getByRole("button", { name: "Pause slideshow" }));
      screen.getByRole("button", { name: "Play slideshow" });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("the grid view", () => {
  it("shows the same tiles with their names in the list's order, folders first", async () => {
    const field: PlaceRef = { space: { level: "private", owner: null }, folder: "Field work/2026/" };
    rememberView("practice", field, "grid");
    const { container } = renderWithHost(<FolderView />, { place: field });
    await tile(/^crane\.heic/);
    expect(screen.getByRole("grid", { name: "Files in 2026" })).toBeTruthy();
    const names = screen.getAllByRole("gridcell").map((one) => one.getAttribute("aria-label")?.split(",")[0]);
    expect(names.slice(0, 2)).toEqual(["2025", "Site visits"]);
    expect(names[3]).toBe("crane.heic");
    expect(await accessibilityViolations(container)).toEqual([]);
  });
});
