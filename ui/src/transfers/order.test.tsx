// Transfers that wait change their place in line: by the tools, the menu and the keys.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { TransferRow } from "../host";
import { createFakeHost, type FakeHost } from "../host/fake";
import { waitingRow } from "../host/fake/transferRows";
import { renderWithHost } from "../test/render";
import { TransfersDrawer } from ".";
import { NO_TRANSFERS } from "./useTransferSummary";

const PRIVATE = { space: { level: "private", owner: null }, folder: "" } as const;
const waiting = (id: number): TransferRow =>
  waitingRow("upload", { name: `file ${id}.bin`, size: 5_000_000 }, PRIVATE, { id, batch: 1 });

/** Five transfers that wait, and a host that moves them as the queue does. */
async function renderLine() {
  const host = createFakeHost();
  let revision = 1;
  let rows = [1, 2, 3, 4, 5].map(waiting);
  const summary = () => ({ ...NO_TRANSFERS, revision, waiting: rows.length });
  host.commands.transferSummary = async () => summary();
  host.commands.transferRows = async (tab, start, end) => (tab === "waiting" ? rows.slice(start, end) : []);
  const order = vi.fn<FakeHost["commands"]["orderTransfers"]>(async (which, to) => {
    const ids = which.kind === "several" ? which.ids : [];
    const moved = rows.filter(({ id }) => ids.includes(id));
    const rest = rows.filter(({ id }) => !ids.includes(id));
    const beside = to.kind === "before" || to.kind === "after" ? rest.findIndex(({ id }) => id === to.id) : 0;
    const at = to.kind === "last" ? rest.length : to.kind === "after" ? beside + 1 : beside;
    rows = [...rest.slice(0, at), ...moved, ...rest.slice(at)];
    revision += 1;
    host.world.emit("transfersChanged", summary());
    return null;
  });
  host.commands.orderTransfers = order;
  renderWithHost(<TransfersDrawer />, { host });
  fireEvent.click(await screen.findByRole("button", { name: "Show transfers" }));
  fireEvent.click(await screen.findByRole("radio", { name: /^Waiting/ }));
  const grid = await screen.findByRole("grid", { name: "Waiting" });
  await screen.findByRole("gridcell", { name: /^Upload file 5\.bin/ });
  return { grid, order, line: () => rows.map(({ id }) => id) };
}

const rowOf = (id: number) => screen.getByRole("gridcell", { name: new RegExp(`^Upload file ${id}\\.bin`) });

describe("the line of transfers", () => {
  it("is changed by the tools: to the front and to the end", async () => {
    const { line } = await renderLine();
    fireEvent.click(rowOf(3));
    const tools = await screen.findByRole("toolbar", { name: "Actions for the selected transfers" });
    fireEvent.click(within(tools).getByRole("button", { name: "Move to the front of the line" }));
    await waitFor(() => expect(line()).toEqual([3, 1, 2, 4, 5]));
    fireEvent.click(within(tools).getByRole("button", { name: "Move to the end of the line" }));
    await waitFor(() => expect(line()).toEqual([1, 2, 4, 5, 3]));
  });

  it("is changed by the menu", async () => {
    const { line } = await renderLine();
    fireEvent.contextMenu(rowOf(5));
    fireEvent.click(await screen.findByRole("menuitem", { name: "Move up" }));
    await waitFor(() => expect(line()).toEqual([1, 2, 3, 5, 4]));
  });

  it("is changed by Alt and the arrows, for all selected ones together", async () => {
    const { grid, line } = await renderLine();
    fireEvent.click(rowOf(3));
    fireEvent.click(rowOf(4), { shiftKey: true });
    await screen.findByText("2 selected");
    fireEvent.keyDown(grid, { key: "ArrowUp", altKey: true });
    await waitFor(() => expect(line()).toEqual([1, 3, 4, 2, 5]));
    fireEvent.keyDown(grid, { key: "End", altKey: true });
    await waitFor(() => expect(line()).toEqual([1, 2, 5, 3, 4]));
  });

  it("stays as it is for the first one that should go up", async () => {
    const { grid, order } = await renderLine();
    fireEvent.click(rowOf(1));
    await screen.findByText("1 selected");
    fireEvent.keyDown(grid, { key: "ArrowUp", altKey: true });
    fireEvent.keyDown(grid, { key: "ArrowDown", altKey: true });
    await waitFor(() => expect(order).toHaveBeenCalledWith({ kind: "several", ids: [1] }, { kind: "after", id: 2 }));
    expect(order).toHaveBeenCalledTimes(1);
  });
});
