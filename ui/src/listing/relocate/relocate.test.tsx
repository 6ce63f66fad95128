// Moving and copying: where to, who could see it there, and what is asked of Rust.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { PlaceRef } from "../../host";
import { createFakeHost } from "../../host/fake";
import { accessibilityViolations } from "../../test/axe";
import { renderWithHost } from "../../test/render";
import { FolderView } from "../FolderView";

const field: PlaceRef = { space: { level: "private", owner: null }, folder: "Field work/2026/" };

async function opened(choice: string) {
  const host = createFakeHost();
  const view = renderWithHost(<FolderView />, { host, place: field });
  fireEvent.contextMenu(await screen.findByRole("row", { name: /^team\.jpg/ }));
  await view.user.click(await screen.findByRole("menuitem", { name: choice }));
  const dialog = await screen.findByRole("dialog", { name: /“team\.jpg” to…/ });
  const queued = async () => {
    const tabs = (["waiting", "running", "done"] as const).map((tab) => host.commands.transferRows(tab, 0, 9));
    const rows = (await Promise.all(tabs)).flat();
    return rows.map(({ kind, name, space, folder }) => `${kind} ${name} ${space.level}/${folder}`);
  };
  return { ...view, dialog, queued };
}

const folders = (dialog: HTMLElement) =>
  within(dialog)
    .queryAllByRole("option")
    .map((one) => one.textContent);

describe("moving a file", () => {
  it("walks down into a folder and moves there", async () => {
    const { user, dialog, queued } = await opened("Move to…");
    await waitFor(() => expect(folders(dialog), "folders only").toEqual(["2025", "Site visits"]));
    expect(await accessibilityViolations(dialog)).toEqual([]);
    const here = within(dialog).getByRole("button", { name: "Move here" });
    expect(here.hasAttribute("disabled"), "it is here already").toBe(true);
    within(dialog).getByText("It is here already.");
    await user.click(within(dialog).getByRole("option", { name: "Site visits" }));
    await within(dialog).findByText("No folders in here.");
    await user.click(within(dialog).getByRole("button", { name: "Move here" }));
    await screen.findByText("Moving 1 item to Private / Field work / 2026 / Site visits");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(await queued()).toEqual(["move team.jpg private/Field work/2026/Site visits/"]);
  });

  it("finds a folder by a part of its name, and climbs by the crumbs", async () => {
    const { user, dialog } = await opened("Move to…");
    await user.type(within(dialog).getByRole("textbox", { name: "Find a folder" }), "visit");
    await waitFor(() => expect(folders(dialog)).toEqual(["Site visits"]));
    await user.type(within(dialog).getByRole("textbox", { name: "Find a folder" }), "zzz");
    await within(dialog).findByText("No folder here has “visitzzz” in its name.");
    await user.click(within(dialog).getByRole("button", { name: "Field work" }));
    await waitFor(() => expect(folders(dialog)).toEqual(["2025", "2026"]));
  });

  it("asks before more people could see it, and takes no for an answer", async () => {
    const { user, dialog, queued } = await opened("Move to…");
    await user.click(within(dialog).getByRole("button", { name: "Places" }));
    await user.click(await within(dialog).findByRole("option", { name: /Public/ }));
    await user.click(within(dialog).getByRole("button", { name: "Move here" }));
    const question = await screen.findByRole("alertdialog", { name: "Move 1 item to Public?" });
    within(question).getByText("Everyone will be able to read, change and delete it.");
    await user.click(within(question).getByRole("button", { name: "Cancel" }));
    expect(await queued()).toEqual([]);
    await user.click(await screen.findByRole("button", { name: "Move here" }));
    await user.click(await screen.findByRole("button", { name: "Move to Public" }));
    await screen.findByText("Moving 1 item to Public");
    expect(await queued()).toEqual(["move team.jpg public/"]);
  });
});

describe("copying a file", () => {
  it("makes a folder on the way", async () => {
    const { user, dialog, queued } = await opened("Copy to…");
    await user.click(within(dialog).getByRole("button", { name: "New folder" }));
    const naming = await screen.findByRole("dialog", { name: "New folder" });
    await user.type(within(naming).getByRole("textbox"), "Best of");
    await user.click(within(naming).getByRole("button", { name: "Create folder" }));
    await user.click(await screen.findByRole("option", { name: "Best of" }));
    await user.click(await screen.findByRole("button", { name: "Copy here" }));
    await screen.findByText("Copying 1 item to Private / Field work / 2026 / Best of");
    expect(await queued()).toEqual(["copy team.jpg private/Field work/2026/Best of/"]);
  });
});
