// Rows and tiles dragged onto folders, crumbs and places: what is asked of Rust, and what is said on the way.
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { Frame } from "../../frame";
import type { PlaceRef } from "../../host";
import { createFakeHost } from "../../host/fake";
import { offline } from "../../host/fake/failures";
import { rememberView } from "../../place/view";
import { accessibilityViolations } from "../../test/axe";
import { carry } from "../../test/carry";
import { renderWithHost } from "../../test/render";
import { FolderView } from "../FolderView";

const field: PlaceRef = { space: { level: "private", owner: null }, folder: "Field work/2026/" };

/** The window with a folder open; `view` as people choose it. */
async function opened(view: "list" | "album" = "list") {
  const host = createFakeHost();
  const [move, copy] = [vi.spyOn(host.commands, "moveSelection"), vi.spyOn(host.commands, "copySelection")];
  rememberView("practice", field, view);
  const rendered = renderWithHost(
    <Frame footer={null}>
      <FolderView />
    </Frame>,
    { host, place: field },
  );
  await screen.findAllByRole(view === "list" ? "row" : "gridcell", { name: /^Site visits/ });
  return { ...rendered, host, move, copy };
}

const row = (name: RegExp) => screen.findByRole("row", { name });
const place = (name: RegExp) => within(screen.getByRole("list", { name: "Places" })).findByRole("button", { name });
const crumb = (name: string) => within(screen.getByRole("navigation", { name: "Where you are" })).findByText(name);

const into = (folder: string): PlaceRef => ({ ...field, folder });

describe("a row", () => {
  it("is dragged onto a folder and moves there, and the caption says so before", async () => {
    const { move, container } = await opened();
    const drop = carry(await row(/^team\.jpg/), await row(/^Site visits/));
    await screen.findByText("Move 1 item to Private / Field work / 2026 / Site visits");
    screen.getByText("Only you will see them");
    expect(await accessibilityViolations(container)).toEqual([]);
    await drop();
    await screen.findByText("Moving 1 item to Private / Field work / 2026 / Site visits");
    const [selection, to, consent] = move.mock.lastCall ?? [];
    expect([selection?.kind, selection?.ids.length, to, consent]).toEqual([
      "only",
      1,
      into("Field work/2026/Site visits/"),
      "ask",
    ]);
    expect(screen.queryByText(/^Move 1 item to/), "the caption goes").toBeNull();
  });

  it("takes along what is selected with it", async () => {
    const { move } = await opened();
    fireEvent.click(await row(/^team\.jpg/));
    fireEvent.click(await row(/^walkthrough\.mov/), { ctrlKey: true });
    await waitFor(() => expect(screen.getAllByRole("row", { selected: true })).toHaveLength(2));
    const drop = carry(await row(/^team\.jpg/), await crumb("Private"));
    await screen.findByText("Move 2 items to Private");
    await drop();
    await waitFor(() => expect(move).toHaveBeenCalledWith(expect.anything(), into(""), "ask"));
    expect(move.mock.lastCall?.[0].ids).toHaveLength(2);
  });

  it.each([{ ctrlKey: true }, { altKey: true }])("is copied with %j", async (keys) => {
    const { copy, move } = await opened();
    await carry(await row(/^team\.jpg/), await row(/^Site visits/), keys)();
    await screen.findByText("Copying 1 item to Private / Field work / 2026 / Site visits");
    expect(copy).toHaveBeenCalledOnce();
    expect(move).not.toHaveBeenCalled();
  });

  it("goes where more people can see it only after a yes", async () => {
    const { user, move } = await opened();
    const drop = carry(await row(/^team\.jpg/), await place(/^Public/));
    await screen.findByText("Move 1 item to Public");
    screen.getByText("Everyone will be able to read, change and delete them");
    await drop();
    const question = await screen.findByRole("alertdialog", { name: "Move 1 item to Public?" });
    within(question).getByText("Everyone will be able to read, change and delete it.");
    act(() => within(question).getByRole("button", { name: "Move to Public" }).focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(move.mock.calls.map(([, , consent]) => consent)).toEqual(["ask", "once"]));
  });

  it("stays where it is when it is let go over its own folder, itself, or after Escape, which ends the drag alone", async () => {
    const { move } = await opened();
    const grid = screen.getByRole("grid");
    await carry(await row(/^team\.jpg/), grid)();
    await carry(await row(/^Site visits/), await row(/^Site visits/))();
    const drop = carry(await row(/^team\.jpg/), await row(/^Site visits/));
    await screen.findByText(/^Move 1 item to/);
    await waitFor(async () => expect((await row(/^team\.jpg/)).getAttribute("aria-selected")).toBe("true"));
    fireEvent.keyDown(grid, { key: "Escape", code: "Escape" });
    await waitFor(() => expect(screen.queryByText(/^Move 1 item to/)).toBeNull());
    await drop();
    fireEvent.click(grid.querySelector("[data-rows]") ?? grid);
    expect((await row(/^team\.jpg/)).getAttribute("aria-selected"), "the selection stays").toBe("true");
    expect(move).not.toHaveBeenCalled();
  });

  it("waits for the answer to the drag before", async () => {
    const { move } = await opened();
    let answer = () => {};
    const begin = move.getMockImplementation();
    move.mockImplementation(async (...order) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return begin ? begin(...order) : { kind: "queued", count: 1, batch: 1 };
    });
    await carry(await row(/^team\.jpg/), await row(/^Site visits/))();
    await carry(await row(/^walkthrough\.mov/), await row(/^Site visits/))();
    expect(screen.queryByText(/^Move 1 item to/)).toBeNull();
    await act(async () => answer());
    await screen.findByText(/^Moving 1 item to/);
    expect(move, "the other one did not begin").toHaveBeenCalledOnce();
    const drop = carry(await row(/^walkthrough\.mov/), await row(/^Site visits/));
    await screen.findByText(/^Move 1 item to/);
    await drop();
  });

  it("swallows no click after a drag that ended outside of the window", async () => {
    await opened();
    carry(await row(/^team\.jpg/), await row(/^Site visits/));
    await screen.findByText(/^Move 1 item to/);
    fireEvent.keyDown(screen.getByRole("grid"), { key: "Escape", code: "Escape" });
    await waitFor(() => expect(screen.queryByText(/^Move 1 item to/)).toBeNull());
    const other = await row(/^walkthrough\.mov/);
    fireEvent(other, new MouseEvent("pointerdown", { bubbles: true }));
    // The library has the end of a drag swallow clicks for a moment as well.
    await waitFor(() => {
      fireEvent.click(other);
      expect(other.getAttribute("aria-selected")).toBe("true");
    });
  });

  it("is told why a move is refused", async () => {
    const { host } = await opened();
    host.commands.moveSelection = async () => {
      throw offline;
    };
    await carry(await row(/^team\.jpg/), await row(/^Site visits/))();
    await screen.findByText(offline.message);
  });
});

it("a tile of an album is dragged onto a place", async () => {
  const { move, user } = await opened("album");
  await carry(await screen.findByRole("gridcell", { name: /^Site visits/ }), await place(/^Protected/))();
  const agree = await screen.findByRole("button", { name: "Move to Protected" });
  // Right behind a drop clicks are nobody's; keys are.
  act(() => agree.focus());
  await user.keyboard("{Enter}");
  await waitFor(() => expect(move).toHaveBeenCalledTimes(2));
  expect(screen.queryByRole("dialog", { name: /^Preview/ }), "a drag is no press").toBeNull();
});
