// What people do with an album without writing code: filter it, keep the filter, add pictures by a naming rule.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PlaceRef } from "../host";
import { createFakeHost, type FakeHost } from "../host/fake";
import { factsOf } from "../host/fake/album";
import { EVERYTHING } from ".";
import { FolderView } from "../listing";
import { rememberView } from "../place/view";
import { accessibilityViolations } from "../test/axe";
import { renderWithHost } from "../test/render";

const summer: PlaceRef = { space: { level: "protected", owner: null }, folder: "Summer 2026/" };
const field: PlaceRef = { space: { level: "private", owner: null }, folder: "Field work/2026/" };

/** Also behind an open panel, which hides the rest of the page from assistive technology. Order is the album's matter. */
const names = () =>
  screen
    .getAllByRole("gridcell", { hidden: true })
    .map((one) => one.getAttribute("aria-label")?.split(",")[0])
    .toSorted();
const shows = (wanted: string[]) => waitFor(() => expect(names()).toEqual(wanted.toSorted()));

beforeEach(() => {
  rememberView("practice", summer, "album");
  rememberView("practice", field, "album");
});

describe("an album's filter", () => {
  it("narrows by text, pattern and regular expression as it is written, and is kept with the album", async () => {
    const host = createFakeHost();
    const view = renderWithHost(<FolderView />, { host, place: summer });
    await view.user.click(await screen.findByRole("button", { name: "Filter" }));
    const panel = await screen.findByRole("dialog", { name: "What this album shows" });
    const name = within(panel).getByRole("textbox", { name: "Name" });
    await view.user.type(name, "gul");
    await shows(["gulls.jpg"]);
    await view.user.click(within(panel).getByRole("radio", { name: "Pattern" }));
    await view.user.clear(name);
    await view.user.type(name, "f*.jpg");
    await shows(["fog.jpg"]);
    await view.user.click(within(panel).getByRole("radio", { name: "Regular expression" }));
    await view.user.clear(name);
    await view.user.type(name, "^(dawn|tide)");
    await shows(["dawn.jpg", "tide.jpg"]);
    expect(await accessibilityViolations(panel)).toEqual([]);
    view.unmount();

    renderWithHost(<FolderView />, { host, place: summer });
    await shows(["dawn.jpg", "tide.jpg"]);
    await screen.findByText("^(dawn|tide)");
    await view.user.click(screen.getByRole("button", { name: "Show everything" }));
    await waitFor(() => expect(names().length, "as many as fit the page").toBeGreaterThan(2));
  });

  it("says what is wrong with a pattern, and goes on with the one before", async () => {
    const { user } = renderWithHost(<FolderView />, { place: summer });
    await user.click(await screen.findByRole("button", { name: "Filter" }));
    const panel = await screen.findByRole("dialog", { name: "What this album shows" });
    await user.click(within(panel).getByRole("radio", { name: "Regular expression" }));
    await user.type(within(panel).getByRole("textbox", { name: "Name" }), "dawn(");
    await within(panel).findByText("Couldn't use the filter “dawn(”: its pattern has a fault.");
    await shows(["dawn.jpg"]);
  });

  it("narrows by kind and by date, and says when nothing is left", async () => {
    const { user } = renderWithHost(<FolderView />, { place: field });
    await user.click(await screen.findByRole("button", { name: "Filter" }));
    const panel = await screen.findByRole("dialog", { name: "What this album shows" });
    await user.click(within(panel).getByRole("checkbox", { name: "Videos" }));
    await user.click(within(panel).getByRole("checkbox", { name: "Sound" }));
    await shows(["Site visits", "2025", "walkthrough.mov", "memo-014.m4a"]);
    const added = within(panel).getByRole("group", { name: "Added" });
    await user.type(within(added).getByRole("textbox", { name: "From" }), "20");
    await within(added).findByText("This is no date.");
    await user.type(within(added).getByRole("textbox", { name: "From" }), "99");
    await shows(["Site visits", "2025"]);
    await user.keyboard("{Escape}");
    renderWithHost(<FolderView />, { place: summer, host: await narrowedToNothing() });
    await screen.findByText("Nothing in Summer 2026 passes this album’s filter.");
  });
});

describe("an album of a time", () => {
  it("shows the pictures that say they were taken then, and is kept with the album", async () => {
    const host = createFakeHost({ now: () => new Date(2026, 10, 24, 9, 20).getTime() });
    const pictures = (await allRows(host)).filter(({ media }) => media === "image");
    const takenIn = (month: string) =>
      pictures
        .filter((row) => new Date(factsOf(row).taken ?? 0).toISOString().startsWith(month))
        .map(({ name }) => name);
    expect(takenIn("1970-01"), "some have no date, and are nowhere").not.toEqual([]);
    expect(takenIn("2026-10"), "some were taken in October").not.toEqual([]);

    const view = renderWithHost(<FolderView />, { host, place: summer });
    await view.user.click(await screen.findByRole("button", { name: "Filter" }));
    const panel = await screen.findByRole("dialog", { name: "What this album shows" });
    const taken = within(panel).getByRole("group", { name: "Taken" });
    fireEvent.change(within(taken).getByRole("textbox", { name: "From" }), { target: { value: "2026-10" } });
    fireEvent.change(within(taken).getByRole("textbox", { name: "To" }), { target: { value: "2026-10" } });
    await shows(takenIn("2026-10"));
    expect(await accessibilityViolations(panel)).toEqual([]);
    view.unmount();

    renderWithHost(<FolderView />, { host, place: summer });
    await screen.findByText("taken from 2026-10-01 · taken to 2026-10-31");
    await shows(takenIn("2026-10"));
  });

  it("says that dates are still to come where it shows nothing", async () => {
    const host = createFakeHost();
    await host.commands.setAlbumFilter(summer, { ...EVERYTHING, takenUntil: 1 });
    renderWithHost(<FolderView />, { host, place: summer });
    await screen.findByText("Nothing in Summer 2026 passes this album’s filter.");
    screen.getByText("Pictures whose dates Amphora does not know yet follow as it reads them.");
  });
});

async function allRows({ commands }: FakeHost) {
  const { id, count } = await commands.openListing(
    summer,
    { by: "name", descending: false },
    { text: "", media: "all" },
  );
  return commands.rows(id, 0, count);
}

async function narrowedToNothing() {
  const host = createFakeHost();
  await host.commands.setAlbumFilter(summer, { ...EVERYTHING, name: { how: "text", text: "zzz" } });
  return host;
}

describe("adding texts", () => {
  it("shows what was picked, and uploads it as a tile of the album, named by the same rule", async () => {
    const host = createFakeHost();
    const { user } = renderWithHost(<FolderView />, { host, place: field });
    await user.click(await screen.findByRole("button", { name: "Add texts" }));
    const dialog = await screen.findByRole("dialog", { name: "Add texts to 2026" });
    const note = new File(["Two bolts missing."], "pier note.txt", { type: "text/plain" });
    const input = dialog.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) throw new Error("a picker in a browser has a file input");
    expect(input.accept).toBe("text/*");
    expect(within(dialog).queryByRole("button", { name: "Upload Text" }), "nothing was picked").toBeNull();
    fireEvent.change(input, { target: { files: [note] } });
    await within(dialog).findByText("Two bolts missing.");
    expect(await accessibilityViolations(dialog)).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Upload Text" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await screen.findByText("1 item is in Private / Field work / 2026");
    expect(host.world.types.get("private/me/Field work/2026/pier_note.txt")).toBe("text/plain");
    await waitFor(() => expect(names()).toContain("pier_note.txt"));
  });

  it("is not offered where nothing may be added", async () => {
    const theirs: PlaceRef = { space: { level: "protected", owner: "us-east-1:them" }, folder: "Posters/" };
    rememberView("practice", theirs, "album");
    renderWithHost(<FolderView />, { place: theirs });
    await screen.findByRole("group", { name: "Album tools" });
    expect(screen.queryByRole("button", { name: /^Add / })).toBeNull();
  });
});

describe("adding pictures", () => {
  it("shows them, names them by a rule with a live preview, and uploads them into the album", async () => {
    const host = createFakeHost();
    const { user } = renderWithHost(<FolderView />, { host, place: field });
    await user.click(await screen.findByRole("button", { name: "Add pictures" }));
    const dialog = await screen.findByRole("dialog", { name: "Add pictures to 2026" });
    const input = dialog.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) throw new Error("a picker in a browser has a file input");
    const files = [new File(["1"], "z z.png", { type: "image/png" }), new File(["2"], "y.png", { type: "image/png" })];
    fireEvent.change(input, { target: { files } });
    await within(dialog).findByAltText("Preview of z z.png");
    const pattern = within(dialog).getByRole("textbox", { name: "Name" });
    await user.clear(pattern);
    fireEvent.change(pattern, { target: { value: "pier {counter}" } });
    const preview = within(dialog).getByRole("list", { name: "What names become" });
    expect(
      within(preview)
        .getAllByRole("listitem")
        .map((line) => line.textContent),
    ).toEqual(["z z.pngpier_001.png", "y.pngpier_002.png"]);
    expect(await accessibilityViolations(dialog)).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Upload Photo" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await screen.findByText("2 items are in Private / Field work / 2026");
    const stored = ["pier_001.png", "pier_002.png"].map((name) => `private/me/Field work/2026/${name}`);
    expect([...host.world.contents.keys()]).toEqual(stored);
    expect(await host.commands.namingRule()).toMatchObject({ pattern: "pier {counter}", next: 3, on: false });
  });

  it("asks first what becomes of photos that tell where they were taken, as for a drop", async () => {
    const host = createFakeHost({ scenario: "photos" });
    const put = vi.spyOn(host, "putFile");
    const { user } = renderWithHost(<FolderView />, { host, place: summer });
    await user.click(await screen.findByRole("button", { name: "Add pictures" }));
    const dialog = await screen.findByRole("dialog", { name: "Add pictures to Summer 2026" });
    const files = ["x.jpg", "y.jpg"].map((name) => new File([name], name, { type: "image/jpeg" }));
    fireEvent.change(dialog.querySelector("input[type=file]") as HTMLInputElement, { target: { files } });
    await user.click(await within(dialog).findByRole("button", { name: "Upload Photo" }));
    const question = await screen.findByRole("alertdialog", { name: "Upload 2 items to Protected / Summer 2026?" });
    within(question).getByText("2 photos contain where they were taken");
    await user.click(within(question).getByRole("radio", { name: "4096 pixels" }));
    await user.click(within(question).getByRole("button", { name: "Upload to Protected" }));
    await screen.findByText("2 items are in Protected / Summer 2026");
    const chosen = { removeLocation: true, size: "large", skipDuplicates: false };
    expect(put.mock.calls.slice(1).map(([, { photos }]) => photos)).toEqual([chosen, chosen]);
  });
});
