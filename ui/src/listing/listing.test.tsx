// The list as people use it: by keyboard, by mouse, and when there is nothing or something wrong to show.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { createFakeHost } from "../host/fake";
import type { PlaceRef } from "../host";
import { accessibilityViolations } from "../test/axe";
import { renderWithHost } from "../test/render";
import { UploadLayer } from "../upload";
import { FolderView } from ".";

const field: PlaceRef = { space: { level: "private", owner: null }, folder: "Field work/2026/" };
const root: PlaceRef = { ...field, folder: "" };
const open: PlaceRef = { space: { level: "public", owner: null }, folder: "" };

const grid = () => screen.findByRole("grid");
const row = (name: string | RegExp) => screen.findByRole("row", { name });
const selectedNames = () =>
  screen.queryAllByRole("row", { selected: true }).map((one) => within(one).getAllByRole("gridcell")[0]?.textContent);
/** Where the keyboard stands. */
const focusedName = () => {
  const id = screen.getByRole("grid").getAttribute("aria-activedescendant");
  const element = id === null ? null : document.getElementById(id);
  return element?.querySelector("[role=gridcell]")?.textContent;
};
const press = (key: string, how = {}) => fireEvent.keyDown(screen.getByRole("grid"), { key, ...how });

async function renderField(scenario = "") {
  const view = renderWithHost(<FolderView />, { scenario, place: field });
  await row(/^team\.jpg/);
  return view;
}

describe("the list", () => {
  it("tells how many rows and columns there are, and passes the accessibility checker", async () => {
    const { container } = await renderField();
    expect((await grid()).getAttribute("aria-rowcount")).toBe("15");
    expect(screen.getByRole("grid", { name: "Files in 2026" })).toBeTruthy();
    expect(screen.getAllByRole("columnheader").map((one) => one.textContent)).toEqual([
      "Name",
      "Kind",
      "Size",
      "Modified",
    ]);
    expect(screen.getByText("14 items")).toBeTruthy();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it("walks, extends and clears the selection by keys", async () => {
    await renderField();
    press("ArrowDown");
    await waitFor(() => expect(selectedNames()).toEqual(["2025"]));
    press("ArrowDown");
    await waitFor(() => expect(selectedNames()).toEqual(["Site visits"]));
    press("ArrowDown", { shiftKey: true });
    press("ArrowDown", { shiftKey: true });
    await waitFor(() => expect(selectedNames()).toHaveLength(3));
    expect(focusedName()).toBe("crane.heic");
    press("Escape");
    await waitFor(() => expect(selectedNames()).toEqual([]));
    expect(focusedName()).toBe("crane.heic");
    press("End", { shiftKey: true });
    await waitFor(() => expect(selectedNames()).toHaveLength(11));
    press("Home");
    await waitFor(() => expect(selectedNames()).toEqual(["2025"]));
  });

  it("does not lose keys that come faster than it draws", async () => {
    await renderField();
    for (let step = 0; step < 6; step++) press("ArrowDown");
    press("ArrowDown", { shiftKey: true });
    await waitFor(() => expect(selectedNames()).toEqual(["harbour_at_dawn.jpg", "inspection-notes.md"]));
  });

  it("finds rows by their first letters", async () => {
    await renderField();
    press("p");
    press("a");
    await waitFor(() => expect(selectedNames()).toEqual(["panorama.png"]));
  });

  it("selects by click, Ctrl-click and Shift-click, and says how much", async () => {
    await renderField();
    fireEvent.click(await row(/^harbour_at_dawn\.jpg/));
    fireEvent.click(await row(/^team\.jpg/), { ctrlKey: true });
    await waitFor(() => expect(selectedNames()).toEqual(["harbour_at_dawn.jpg", "team.jpg"]));
    expect(screen.getByText("2 of 14 selected · 7.8 MB")).toBeTruthy();
    await screen.findByText("2 selected, 7.8 MB");
    fireEvent.click(await row(/^survey\.json/), { shiftKey: true });
    await waitFor(() => expect(selectedNames()).toEqual(["survey.json", "team.jpg"]));
    fireEvent.click(await row(/^team\.jpg/));
    await waitFor(() => expect(selectedNames()).toEqual(["team.jpg"]));
  });

  it("sorts by a press on a column and turns the order by a second one", async () => {
    await renderField();
    const size = screen.getByRole("columnheader", { name: /Size/ });
    fireEvent.click(within(size).getByRole("button", { name: "Size" }));
    await waitFor(() => expect(size.getAttribute("aria-sort")).toBe("descending"));
    await waitFor(() => expect(screen.getAllByRole("row")[3]?.textContent).toContain("raw-scans.zip"));
    fireEvent.click(within(size).getByRole("button", { name: "Size" }));
    await waitFor(() => expect(screen.getAllByRole("row")[3]?.textContent).toContain("inspection-notes.md"));
  });

  it("keeps the selection when the order changes", async () => {
    await renderField();
    fireEvent.click(await row(/^team\.jpg/));
    fireEvent.click(screen.getByRole("button", { name: "Modified" }));
    await waitFor(() => expect(screen.getAllByRole("row")[3]?.textContent).toContain("harbour_at_dawn"));
    expect(selectedNames()).toEqual(["team.jpg"]);
  });

  it("opens a folder by Enter, and coming back stands on it", async () => {
    renderWithHost(<FolderView />, { place: root });
    await row(/^Field work/);
    press("ArrowDown");
    await waitFor(() => expect(focusedName()).toBe("Field work"));
    press("Enter");
    await screen.findByRole("grid", { name: "Files in Field work" });
    fireEvent.keyDown(window, { key: "ArrowLeft", altKey: true });
    await screen.findByRole("grid", { name: "Files in Private" });
    await waitFor(() => expect(focusedName()).toBe("Field work"));
  });

  it("shows only the rows on screen of a hundred thousand, and reaches the last one", async () => {
    renderWithHost(<FolderView />, { scenario: "big", place: open });
    await row(/^photo 000001\.jpg/);
    expect((await grid()).getAttribute("aria-rowcount")).toBe("100001");
    expect(screen.getAllByRole("row").length).toBeLessThan(60);
    press("End");
    await waitFor(() => expect(focusedName()).toBe("photo 100000.png"));
    press("Home", { shiftKey: true });
    await screen.findByText(/^100,000 of 100,000 selected/);
  });

  it("follows a row when others appear above it", async () => {
    const { host } = await renderField();
    fireEvent.click(await row(/^team\.jpg/));
    await host.commands.newFolder(field, "A new folder");
    await row(/^A new folder/);
    await waitFor(() => expect(focusedName()).toBe("team.jpg"));
    expect(selectedNames()).toEqual(["team.jpg"]);
  });

  it("forgets a selected row that somebody deleted", async () => {
    const { host } = await renderField();
    fireEvent.click(await row(/^team\.jpg/));
    fireEvent.click(await row(/^survey\.json/), { ctrlKey: true });
    const files = host.world.filesOf(field.space);
    files.splice(
      files.findIndex(({ key }) => key.endsWith("team.jpg")),
      1,
    );
    for (const touch of host.world.touched) touch(field.space);
    expect(await screen.findByText("1 of 13 selected · 22 KB")).toBeTruthy();
  });
});

describe("deleting", () => {
  it("asks first, with the focus on Cancel, and counts what is inside", async () => {
    const { container } = renderWithHost(<FolderView />, { place: root });
    fireEvent.click(await row(/^Field work/));
    fireEvent.keyDown(window, { key: "Delete" });
    const dialog = await screen.findByRole("alertdialog", { name: "Delete “Field work” forever?" });
    await within(dialog).findByText("16 files in all, 1.5 GB. This can’t be undone.");
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole("button", { name: "Cancel" })));
    expect(await accessibilityViolations(container)).toEqual([]);
    fireEvent.click(within(dialog).getByRole("button", { name: "Delete forever" }));
    await waitFor(() => expect(screen.queryByRole("row", { name: /^Field work/ })).toBeNull());
  });

  it("names what could not be deleted, with the reason", async () => {
    const host = createFakeHost();
    host.commands.deleteSelection = async () => ({
      done: 1,
      queued: 0,
      failed: [
        {
          name: "harbour.jpg",
          failure: {
            code: "accessDenied",
            message: "Couldn't delete `harbour.jpg`: you can read this folder but not change it.",
            hint: "Ask the people who run this storage.",
            retry: { kind: "never" },
            detail: "",
          },
        },
      ],
    });
    renderWithHost(<FolderView />, { host, place: root });
    fireEvent.click(await row(/^harbour\.jpg/));
    fireEvent.click(await row(/^Welcome\.md/), { ctrlKey: true });
    fireEvent.keyDown(window, { key: "Delete" });
    fireEvent.click(await screen.findByRole("button", { name: "Delete forever" }));
    await screen.findByRole("alertdialog", { name: "1 item couldn’t be deleted" });
    expect(screen.getByText(/you can read this folder but not change it/)).toBeTruthy();
  });
});

describe("a new folder", () => {
  it("appears, and a name that is taken is refused under the field", async () => {
    renderWithHost(<FolderView />, { place: root });
    await row(/^Field work/);
    fireEvent.keyDown(window, { key: "n", ctrlKey: true, shiftKey: true });
    const name = await screen.findByRole("textbox", { name: "Name" });
    fireEvent.change(name, { target: { value: "Field work" } });
    fireEvent.click(screen.getByRole("button", { name: "Create folder" }));
    await screen.findByText(/it is already here/);
    fireEvent.change(name, { target: { value: "Site visits" } });
    fireEvent.click(screen.getByRole("button", { name: "Create folder" }));
    expect(await row(/^Site visits/)).toBeTruthy();
  });
});

describe("a folder without rows", () => {
  it.each([
    ["empty", "Nothing here yet. Files you add are only for you."],
    ["error", "You're not allowed to open this folder."],
    ["guest", "Private files need an account, so that they are yours alone."],
  ])("says why: %s", async (scenario, text) => {
    const { container } = renderWithHost(
      <>
        <FolderView />
        <UploadLayer />
      </>,
      { scenario, place: root },
    );
    await screen.findByText(text);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it("offers the way out of a folder that is gone", async () => {
    const host = createFakeHost();
    host.commands.openListing = () =>
      Promise.reject({ code: "notFound", message: "Gone.", hint: "", retry: { kind: "never" }, detail: "" });
    renderWithHost(<FolderView />, { host, place: field });
    await screen.findByText("This folder was moved or deleted.");
    expect(screen.getByRole("button", { name: "Go to Private" })).toBeTruthy();
  });
});
