// Folders, crumbs and places open while rows rest on them, and what is carried is not lost on the way.
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { Frame } from "../../frame";
import type { PlaceRef } from "../../host";
import { createFakeHost } from "../../host/fake";
import { carry, carryOn, carryTo } from "../../test/carry";
import { renderWithHost } from "../../test/render";
import { REST } from "../../upload";
import { FolderView } from "../FolderView";

const here = (folder: string): PlaceRef => ({ space: { level: "private", owner: null }, folder });
const LONG = { timeout: 4 * REST };

async function opened(folder = "Field work/2026/") {
  const host = createFakeHost();
  const [move, close] = [vi.spyOn(host.commands, "moveSelection"), vi.spyOn(host.commands, "closeListing")];
  const view = renderWithHost(
    <Frame footer={null}>
      <FolderView />
    </Frame>,
    { host, place: here(folder) },
  );
  await screen.findAllByRole("row", { selected: false });
  return { ...view, host, move, close };
}

const row = (name: RegExp) => screen.findByRole("row", { name }, LONG);
const title = (name: string) => screen.findByRole("heading", { level: 1, name }, LONG);
const place = (name: RegExp) => within(screen.getByRole("list", { name: "Places" })).findByRole("button", { name });
const where = () => within(screen.getByRole("navigation", { name: "Where you are" }));
const chosen = () => screen.queryAllByRole("row", { selected: true }).map((one) => one.textContent);
const escape = () => fireEvent.keyDown(document.body, { key: "Escape", code: "Escape" });

async function choose(...names: RegExp[]) {
  for (const [step, name] of names.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- one click after the other
    fireEvent.click(await row(name), { ctrlKey: step > 0 });
  }
  await waitFor(() => expect(chosen()).toHaveLength(names.length));
}

describe("rows that rest", () => {
  it("open a folder and are dropped in it, where the window stays", async () => {
    const { move, close } = await opened();
    await choose(/^team\.jpg/, /^walkthrough\.mov/);
    const drop = carry(await row(/^team\.jpg/), await row(/^Site visits/));
    await title("Site visits");
    const quay = await row(/^quay\.jpg/);
    expect(close, "what is carried is named by the listing that was left").not.toHaveBeenCalled();
    carryOn(quay);
    await screen.findByText("Move 2 items to Private / Field work / 2026 / Site visits");
    await drop();
    await screen.findByText("Moving 2 items to Private / Field work / 2026 / Site visits");
    const [selection, to] = move.mock.lastCall ?? [];
    expect([selection?.ids.length, to]).toEqual([2, here("Field work/2026/Site visits/")]);
    await waitFor(() => expect(close, "nobody speaks of it any more").toHaveBeenCalledWith(selection?.listing));
    expect(await title("Site visits")).toBeTruthy();
  });

  it("come back to where they were with Escape, selected as they were, as though the window had not moved", async () => {
    const { move, close, host, user } = await opened();
    await choose(/^team\.jpg/, /^walkthrough\.mov/);
    const open = vi.spyOn(host.commands, "openListing");
    const drop = carry(await row(/^team\.jpg/), await row(/^Site visits/));
    await title("Site visits");
    await row(/^quay\.jpg/);
    escape();
    await title("2026");
    await waitFor(() => expect(chosen()).toHaveLength(2));
    await waitFor(() =>
      expect(close, "of the folder that opened, and of the one that was left").toHaveBeenCalledTimes(2),
    );
    const closed = close.mock.invocationCallOrder.at(-1) ?? 0;
    expect(closed, "its rows keep their names until they are selected").toBeGreaterThan(
      open.mock.invocationCallOrder.at(-1) ?? Number.POSITIVE_INFINITY,
    );
    await drop();
    expect(move).not.toHaveBeenCalled();
    expect(screen.getByRole("button", { name: "Back" }).hasAttribute("disabled"), "nothing to go back to").toBe(true);
    // The end of a drag swallows clicks for a moment.
    await waitFor(async () => {
      await user.click(await row(/^survey\.json/));
      expect(chosen()).toHaveLength(1);
    });
  });

  it("come back without what went meanwhile", async () => {
    const { host } = await opened();
    await choose(/^team\.jpg/, /^walkthrough\.mov/);
    const drop = carry(await row(/^team\.jpg/), await row(/^Site visits/));
    await title("Site visits");
    const { world } = host;
    const files = world.filesOf(here("").space);
    files.splice(0, files.length, ...files.filter(({ key }) => !key.endsWith("team.jpg")));
    escape();
    await title("2026");
    await screen.findByRole("row", { selected: true, name: /^walkthrough\.mov/ }, LONG);
    await screen.findByText(/^1 of \d+ selected/);
    await drop();
  });

  it("are nobody's when somebody else signs in meanwhile, though the same folder opens", async () => {
    const { host, move } = await opened("");
    await choose(/^harbour\.jpg/);
    const drop = carry(await row(/^harbour\.jpg/), await row(/^Field work/));
    await title("Field work");
    await act(async () => void (await host.commands.signIn("colleague", "Practice-1")));
    await title("Private");
    await row(/^harbour\.jpg/);
    await drop();
    // What would be brought back is brought back by now.
    await waitFor(async () => {
      fireEvent.click(await row(/^Welcome\.md/), { ctrlKey: true });
      expect(chosen().map((one) => one?.slice(0, 7))).toEqual(["Welcome"]);
    });
    expect(move).not.toHaveBeenCalled();
  });

  it("open crumbs and places on their way, and find their own folder as they left it", async () => {
    vi.stubGlobal("innerWidth", 1400);
    const { move } = await opened();
    await choose(/^team\.jpg/, /^walkthrough\.mov/);
    const drop = carry(await row(/^team\.jpg/), await where().findByText("Field work"));
    await title("Field work");
    carryOn(await place(/^Public/));
    await title("Public");
    carryOn(await place(/^Private/));
    await title("Private");
    carryOn(await row(/^Field work/));
    await title("Field work");
    carryOn(await row(/^2026/));
    await title("2026");
    await waitFor(() => expect(chosen()).toHaveLength(2));
    carryOn(await row(/^survey\.json/));
    expect(screen.queryByText(/^Move 2 items/), "they are there already").toBeNull();
    carryOn(await row(/^team\.jpg/));
    carryOn(await row(/^2025/));
    await screen.findByText("Move 2 items to Private / Field work / 2026 / 2025");
    await drop();
    await waitFor(() => expect(move).toHaveBeenCalledOnce());
    await waitFor(() => expect(chosen()).toEqual([]));
    vi.unstubAllGlobals();
  });

  it.each([
    { at: 43, what: "trembles: not into a row that only appeared under it", to: "Field work/" },
    { at: 50, what: "goes there: into the row", to: "Field work/2026/" },
  ])("are dropped, where the pointer $what", async ({ at, to }) => {
    const { move } = await opened("");
    const folder = await row(/^Field work/);
    const drop = carry(await row(/^harbour\.jpg/), folder);
    document.elementFromPoint = () => screen.queryByRole("row", { name: /^2026/ }) ?? folder;
    await title("Field work");
    const inside = await row(/^2026/);
    await screen.findByText("Move 1 item to Private / Field work");
    carryTo(inside, at);
    await drop();
    await waitFor(() => expect(move).toHaveBeenCalledWith(expect.anything(), here(to), "ask"));
  });

  it("open nothing that is carried itself or takes nothing", async () => {
    const { host } = await opened();
    const { state, emit } = host.world;
    const places = state.places.map((info) =>
      info.space.level === "public" ? { ...info, verbs: { ...info.verbs, write: false, delete: false } } : info,
    );
    act(() => emit("stateChanged", { ...state, places, revision: state.revision + 1 }));
    const drop = carry(await row(/^Site visits/), await row(/^Site visits/));
    await new Promise((resolve) => setTimeout(resolve, 1.5 * REST));
    expect(await title("2026")).toBeTruthy();
    carryOn(await place(/^Public/));
    await screen.findByText("You can read these files but not add to them");
    await new Promise((resolve) => setTimeout(resolve, 1.5 * REST));
    expect(await title("2026")).toBeTruthy();
    await drop();
    expect(host.commands.moveSelection).not.toHaveBeenCalled();
  });

  it("are taken by the crumbs in between for the last of them, which opens as well", async () => {
    await opened();
    const drop = carry(await row(/^team\.jpg/), await where().findByRole("button", { name: "Folders in between" }));
    await screen.findByText("Move 1 item to Private / Field work");
    await title("Field work");
    escape();
    await title("2026");
    await drop();
  });
});

describe("what is selected after a drop", () => {
  it("is what it was where a copy went, and what was chosen meanwhile where something moved", async () => {
    const { move } = await opened();
    await choose(/^team\.jpg/, /^walkthrough\.mov/);
    await carry(await row(/^team\.jpg/), await row(/^Site visits/), { ctrlKey: true })();
    await screen.findByText(/^Copying 2 items/);
    expect(chosen()).toHaveLength(2);

    let answer = () => {};
    const begin = move.getMockImplementation();
    move.mockImplementation(async (...order) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return begin ? begin(...order) : { kind: "queued", count: 2, batch: 1 };
    });
    await carry(await row(/^team\.jpg/), await row(/^Site visits/))();
    await waitFor(async () => {
      fireEvent.click(await row(/^survey\.json/), { ctrlKey: true });
      expect(chosen()).toHaveLength(3);
    });
    answer();
    await waitFor(() => expect(chosen().map((one) => one?.slice(0, 6))).toEqual(["survey"]));
  });
});
