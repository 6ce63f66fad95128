// The folder as an album: days, tiles of every kind, the same selection, the picture in large.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { createFakeHost } from "../host/fake";
import type { PlaceRef } from "../host";
import { FolderView } from "../listing";
import { rememberView } from "../place/view";
import { accessibilityViolations } from "../test/axe";
import { renderWithHost } from "../test/render";
import { S3Album } from "../components";

const NOW = new Date(2026, 10, 24, 9, 20).getTime();
const summer: PlaceRef = { space: { level: "protected", owner: null }, folder: "Summer 2026/" };

const tile = (name: RegExp) => screen.findByRole("gridcell", { name });
const selected = () => screen.queryAllByRole("gridcell", { selected: true }).length;

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
    const image = dawn.querySelector("img");
    if (image) fireEvent.error(image);
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
    const image = await within(preview).findByAltText("dawn.jpg");
    fireEvent.error(image);
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

describe("S3Album", () => {
  it("filters by a predicate on path, sorts by a field, and tells what is selected", async () => {
    const told: string[][] = [];
    renderWithHost(
      <S3Album
        level="protected"
        path="Summer 2026"
        filter={(item) => item.path.endsWith("jpg")}
        sort="key desc"
        select
        onSelect={(_, items) => told.push(items.map(({ name }) => name))}
      />,
    );
    await tile(/^tide\.jpg/);
    expect(screen.getAllByRole("gridcell").map((one) => one.getAttribute("aria-label")?.split(",")[0])[0]).toBe(
      "tide.jpg",
    );
    expect(screen.queryByRole("gridcell", { name: /inspection/ })).toBeNull();
    fireEvent.click(await tile(/^tide\.jpg/));
    fireEvent.click(await tile(/^dawn\.jpg/));
    fireEvent.click(await tile(/^tide\.jpg/));
    expect(told).toEqual([["tide.jpg"], ["tide.jpg", "dawn.jpg"], ["dawn.jpg"]]);
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
