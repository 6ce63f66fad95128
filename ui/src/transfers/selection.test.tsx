// Several transfers at once: by pointer, by keys, by the menu; and a queue of a hundred thousand.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { TransferRow, TransferTab } from "../host";
import { createFakeHost, type FakeHost } from "../host/fake";
import { waitingRow } from "../host/fake/transferRows";
import { accessibilityViolations } from "../test/axe";
import { renderWithHost } from "../test/render";
import { TransfersDrawer } from ".";
import { NO_TRANSFERS } from "./useTransferSummary";

const PRIVATE = { space: { level: "private", owner: null }, folder: "" } as const;
const row = (id: number, state: TransferRow["state"] = "waiting"): TransferRow => ({
  ...waitingRow("upload", { name: `file ${id}.bin`, size: 5_000_000 }, PRIVATE, { id, batch: 1 }),
  state,
});

/** A host whose queue holds so many waiting transfers. */
function hostWith(count: number): FakeHost {
  const host = createFakeHost();
  const rows = Array.from({ length: count }, (_, step) => row(step + 1));
  host.commands.transferSummary = async () => ({ ...NO_TRANSFERS, revision: 1, waiting: count, up: count });
  host.commands.transferRows = vi.fn<FakeHost["commands"]["transferRows"]>(async (tab: TransferTab, start, end) =>
    tab === "waiting" ? rows.slice(start, end) : [],
  );
  return host;
}

async function renderWaiting(host: FakeHost) {
  const view = renderWithHost(<TransfersDrawer />, { host });
  fireEvent.click(await screen.findByRole("button", { name: "Show transfers" }));
  fireEvent.click(await screen.findByRole("radio", { name: /^Waiting/ }));
  const grid = await screen.findByRole("grid", { name: "Waiting" });
  await screen.findByRole("gridcell", { name: "Upload file 1.bin to Private" });
  return { ...view, grid };
}

const rowOf = (name: string) => screen.getByRole("gridcell", { name: `Upload ${name} to Private` });

describe("a selection of transfers", () => {
  it("is paused together, by the tools above the list", async () => {
    const host = hostWith(5);
    const pause = vi.spyOn(host.commands, "pauseTransfers").mockResolvedValue(null);
    const { container } = await renderWaiting(host);
    fireEvent.click(rowOf("file 2.bin"));
    fireEvent.click(rowOf("file 4.bin"), { ctrlKey: true });
    const tools = await screen.findByRole("toolbar", { name: "Actions for the selected transfers" });
    expect(within(tools).getByText("2 selected")).toBeTruthy();
    expect(await accessibilityViolations(container)).toEqual([]);
    fireEvent.click(within(tools).getByRole("button", { name: "Pause" }));
    await waitFor(() => expect(pause).toHaveBeenCalledWith({ kind: "several", ids: [2, 4] }));
  });

  it("is a range with Shift, and is cancelled by the menu", async () => {
    const host = hostWith(5);
    const cancel = vi.spyOn(host.commands, "cancelTransfers").mockResolvedValue(null);
    await renderWaiting(host);
    fireEvent.click(rowOf("file 2.bin"));
    fireEvent.click(rowOf("file 4.bin"), { shiftKey: true });
    await screen.findByText("3 selected");
    fireEvent.contextMenu(rowOf("file 3.bin"));
    fireEvent.click(await screen.findByRole("menuitem", { name: "Cancel" }));
    await waitFor(() => expect(cancel).toHaveBeenCalledWith({ kind: "several", ids: [2, 3, 4] }));
  });

  it("is made and used by keys alone", async () => {
    const host = hostWith(5);
    const pause = vi.spyOn(host.commands, "pauseTransfers").mockResolvedValue(null);
    const cancel = vi.spyOn(host.commands, "cancelTransfers").mockResolvedValue(null);
    const { grid } = await renderWaiting(host);
    grid.focus();
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    await screen.findByText("1 selected");
    fireEvent.keyDown(grid, { key: "ArrowDown", shiftKey: true });
    await screen.findByText("2 selected");
    fireEvent.keyDown(grid, { key: " " });
    await waitFor(() => expect(pause).toHaveBeenCalledWith({ kind: "several", ids: [1, 2] }));
    fireEvent.keyDown(grid, { key: "Delete" });
    await waitFor(() => expect(cancel).toHaveBeenCalledWith({ kind: "several", ids: [1, 2] }));
    fireEvent.keyDown(grid, { key: "F10", shiftKey: true });
    await screen.findByRole("menu", { name: "Actions for the transfers" });
  });

  it("of all is told as all, and Escape ends it", async () => {
    const host = hostWith(5);
    const pause = vi.spyOn(host.commands, "pauseTransfers").mockResolvedValue(null);
    const { grid } = await renderWaiting(host);
    fireEvent.keyDown(grid, { key: "a", ctrlKey: true });
    await screen.findByText("5 selected");
    fireEvent.keyDown(grid, { key: " " });
    await waitFor(() => expect(pause).toHaveBeenCalledWith({ kind: "tab", tab: "waiting" }));
    fireEvent.keyDown(grid, { key: "Escape" });
    await waitFor(() => expect(screen.queryByText("5 selected")).toBeNull());
  });

  it("does not go along to another tab", async () => {
    await renderWaiting(hostWith(5));
    fireEvent.click(rowOf("file 2.bin"));
    await screen.findByText("1 selected");
    fireEvent.click(screen.getByRole("radio", { name: /^Failed/ }));
    await waitFor(() => expect(screen.queryByText("1 selected")).toBeNull());
  });
});

describe("a hundred thousand transfers", () => {
  it("cost only the rows on screen", async () => {
    const host = hostWith(100_000);
    const { grid } = await renderWaiting(host);
    expect(grid.getAttribute("aria-rowcount")).toBe("100000");
    expect(within(grid).getAllByRole("row").length).toBeLessThan(60);
    const asked = vi.mocked(host.commands.transferRows).mock.calls.map(([, start, end]) => end - start);
    expect(Math.max(...asked)).toBeLessThanOrEqual(100);
    fireEvent.keyDown(grid, { key: "a", ctrlKey: true });
    await screen.findByText("100,000 selected");
  });
});
