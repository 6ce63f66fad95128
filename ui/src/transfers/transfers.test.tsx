// The line and the drawer: what is moving, what failed and why, and the buttons that help.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { accessibilityViolations } from "../test/axe";
import type { TransferRow } from "../host";
import { createFakeHost } from "../host/fake";
import { renderWithHost } from "../test/render";
import { TransfersDrawer } from ".";

async function renderDrawer() {
  const view = renderWithHost(<TransfersDrawer />, { scenario: "transfers" });
  fireEvent.click(await screen.findByRole("button", { name: "Show transfers" }));
  await screen.findByRole("heading", { name: "Transfers" });
  return view;
}

const tab = (name: RegExp) => screen.getByRole("radio", { name });

describe("transfers", () => {
  it("are not spoken of while there are none", async () => {
    const { container } = renderWithHost(<TransfersDrawer />, {});
    await waitFor(() => expect(container.textContent).toBe(""));
  });

  it("show a question first, and everything in the drawer", async () => {
    const { container } = renderWithHost(<TransfersDrawer />, { scenario: "transfers" });
    await screen.findByText("1 needs your answer");
    expect(screen.getByRole("button", { name: "Decide…" })).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Show transfers" }));
    await screen.findByText("Waiting for your answer: the name exists");
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it("open by the key at what the line speaks of", async () => {
    const host = createFakeHost();
    renderWithHost(<TransfersDrawer />, { host });
    const grant = await host.commands.chooseUpload("files");
    const folder = { space: { level: "private" as const, owner: null }, folder: "" };
    await host.commands.upload(grant?.id ?? "", folder, "ask", null);
    await screen.findByText("3 transfers finished", {}, { timeout: 20_000 });
    fireEvent.keyDown(document.body, { key: "j", ctrlKey: true });
    await screen.findByRole("heading", { name: "Transfers" });
    expect(tab(/^Done 3/).getAttribute("aria-checked")).toBe("true");
  }, 30_000);

  it("open where a clicked notice of the desktop leads, also from another tab", async () => {
    const host = createFakeHost({ scenario: "transfers" });
    renderWithHost(<TransfersDrawer />, { host });
    await screen.findByRole("button", { name: "Show transfers" });
    for (const [tabOf, name] of [
      ["failed", /^Failed 2/],
      ["needsYou", /^Needs you 1/],
    ] as const) {
      host.world.emit("noticeClicked", tabOf);
      await waitFor(() => expect(tab(name).getAttribute("aria-checked")).toBe("true"));
    }
  });

  it("in progress have the questions on top, then bar, bytes, speed and time left", async () => {
    await renderDrawer();
    fireEvent.click(tab(/^In progress/));
    const rows = await screen.findAllByRole("row");
    await waitFor(() => expect(rows[0]?.textContent).toContain("report.pdf"));
    await screen.findByText(/Uploading · .* of 212 MB · .*\/s · .* left/);
    expect(screen.getByRole("progressbar", { name: "Progress of walkthrough 2.mov" })).toBeTruthy();
  });

  it("in progress have no speed and no time left beside the words that the storage can't be reached", async () => {
    renderWithHost(<TransfersDrawer />, { scenario: "transfers,offline" });
    fireEvent.click(await screen.findByRole("button", { name: "Show transfers" }));
    fireEvent.click(await screen.findByRole("radio", { name: /^In progress/ }));
    await screen.findByText(/Offline, goes on by itself$/);
    await screen.findByText(/^Uploading · [\d.]+ of 212 MB$/);
    expect(screen.queryByText(/\/s| left$/)).toBeNull();
  });

  it("that failed say the whole reason and can be tried again", async () => {
    await renderDrawer();
    fireEvent.click(tab(/^Failed 2/));
    await screen.findByText(/the file is no longer where it was\. Put it back and try again, or choose it anew\./);
    fireEvent.click(screen.getByRole("button", { name: "Try crane 2.heic again" }));
    await waitFor(() => expect(tab(/^Failed 1$/)).toBeTruthy());
  });

  it("are cancelled at once when little was sent, and only after a question when much was", async () => {
    await renderDrawer();
    fireEvent.click(tab(/^In progress/));
    fireEvent.click(await screen.findByRole("button", { name: "Cancel raw-scans 2.zip" }));
    const question = await screen.findByRole("alertdialog", { name: "Cancel “raw-scans 2.zip”?" });
    fireEvent.click(within(question).getByRole("button", { name: "Keep going" }));
    fireEvent.click(await screen.findByRole("button", { name: "Cancel Site visits" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Cancel Site visits" })).toBeNull());
  });

  it("that were done in earlier runs are in the history, with the time, and can be cleared", async () => {
    const host = createFakeHost({ scenario: "transfers" });
    const [row] = await host.commands.transferRows("done", 0, 1);
    if (!row) throw new Error("the scenario has transfers that are done");
    let past: TransferRow[] = [{ ...row, id: 9_001, name: "last week.jpg", endedAt: Date.UTC(2026, 8, 1, 9, 20) }];
    host.commands.transferHistory = async (start, end) => ({ count: past.length, rows: past.slice(start, end) });
    host.commands.clearTransferHistory = async () => {
      past = [];
      host.world.emit("transfersChanged", { ...(await host.commands.transferSummary()), revision: 1_000, done: 0 });
      return null;
    };
    renderWithHost(<TransfersDrawer />, { host });
    fireEvent.click(await screen.findByRole("button", { name: "Show transfers" }));
    fireEvent.click(await screen.findByRole("radio", { name: "Done 1" }));
    await screen.findByRole("gridcell", { name: "Upload last week.jpg to Private" });
    screen.getByText(/^Done · 4\.0 MB · .*Sep/);
    screen.getByRole("button", { name: "Show in folder" });
    fireEvent.click(screen.getByRole("button", { name: "Clear history" }));
    expect(await screen.findByText("Nothing has finished yet.")).toBeTruthy();
  });
});
