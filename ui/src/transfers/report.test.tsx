// A deletion that left some files: each is named with its reason, and the list can be taken along.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { NamedFailure } from "../host";
import { createFakeHost, type FakeHost } from "../host/fake";
import { accessibilityViolations } from "../test/axe";
import { renderWithHost } from "../test/render";
import { TransfersDrawer } from ".";

const DETAILS = "Details of Old scans";

async function openFailed(host: FakeHost) {
  const view = renderWithHost(<TransfersDrawer />, { host });
  fireEvent.click(await screen.findByRole("button", { name: "Show transfers" }));
  fireEvent.click(await screen.findByRole("radio", { name: /^Failed 2/ }));
  await screen.findByRole("button", { name: DETAILS });
  return view;
}

/** The same host, whose deletion left so many files. */
function leaving(count: number): FakeHost {
  const host = createFakeHost({ scenario: "transfers" });
  const { transferReport, transferRows } = host.commands;
  host.commands.transferRows = async (tab, start, end) => {
    const rows = await transferRows(tab, start, end);
    for (const row of rows) if (row.items) row.items.failed = count;
    return rows;
  };
  host.commands.transferReport = vi.fn<typeof transferReport>(async (id, start, end) => {
    const [first] = await transferReport(id, 0, 1);
    if (!first) return [];
    const length = Math.max(0, Math.min(end, count) - start);
    return Array.from({ length }, (_, step): NamedFailure => ({ ...first, name: `scan ${start + step + 1}.tif` }));
  });
  return host;
}

describe("the report of a deletion", () => {
  it("names every file that is left, with its reason, and passes the accessibility checker", async () => {
    const { user } = await openFailed(createFakeHost({ scenario: "transfers" }));
    await user.click(screen.getByRole("button", { name: DETAILS }));
    const report = await screen.findByRole("dialog", { name: "3 items in “Old scans” couldn’t be deleted" });
    const items = await within(report).findAllByRole("listitem");
    expect(items.map((item) => item.querySelector("strong")?.textContent)).toEqual([
      "Field work/2026/Old scans/plan 1962.tif",
      "Field work/2026/Old scans/plan 1963.tif",
      "Field work/2026/Old scans/survey/section A.tif",
    ]);
    expect(items[2]?.querySelector("p")?.textContent).toBe(
      "You're not allowed to delete “section A.tif”. Ask the people who run this storage.",
    );
    expect(await accessibilityViolations(report)).toEqual([]);
    await user.click(within(report).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("is offered only of rows that have one, and by the menu", async () => {
    const { user } = await openFailed(createFakeHost({ scenario: "transfers" }));
    expect(screen.getAllByRole("button", { name: /^Details of/ })).toHaveLength(1);
    fireEvent.contextMenu(screen.getByRole("gridcell", { name: /^Upload crane 2\.heic/ }));
    await screen.findByRole("menuitem", { name: "Try again" });
    expect(screen.queryByRole("menuitem", { name: "Details" })).toBeNull();
    await user.keyboard("{Escape}");
    fireEvent.contextMenu(screen.getByRole("gridcell", { name: /^Delete Old scans/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Details" }));
    await screen.findByRole("dialog", { name: /^3 items in “Old scans”/ });
  });

  it("of very many lists the first ones and counts the rest, and is copied whole", async () => {
    const host = leaving(6_000);
    const copy = vi.spyOn(host.commands, "copyText");
    const { user } = await openFailed(host);
    await user.click(screen.getByRole("button", { name: DETAILS }));
    const report = await screen.findByRole("dialog", { name: "6,000 items in “Old scans” couldn’t be deleted" });
    await within(report).findByText("and 5,900 more");
    expect(within(report).getAllByRole("listitem")).toHaveLength(101);
    await user.click(within(report).getByRole("button", { name: "Copy list" }));
    await screen.findByText("List copied");
    const lines = copy.mock.calls[0]?.[0].split("\n") ?? [];
    expect(lines).toHaveLength(6_000);
    expect(lines.at(-1)).toBe(
      "scan 6000.tif\tYou're not allowed to delete “plan 1962.tif”. Ask the people who run this storage.",
    );
  });

  it("says why it can't be read, and is read again", async () => {
    const host = createFakeHost({ scenario: "transfers" });
    const gone = { code: "diskFull", message: "No room.", hint: "", retry: { kind: "now" }, detail: "" };
    const { transferReport } = host.commands;
    host.commands.transferReport = vi.fn<typeof transferReport>(transferReport).mockRejectedValueOnce(gone);
    const { user } = await openFailed(host);
    await user.click(screen.getByRole("button", { name: DETAILS }));
    const report = await screen.findByRole("dialog");
    expect((await within(report).findByRole("alert")).textContent).toContain("No room.");
    expect(within(report).getByRole("button", { name: "Copy list" }).hasAttribute("disabled")).toBe(true);
    await user.click(within(report).getByRole("button", { name: "Try again" }));
    await within(report).findByText("Field work/2026/Old scans/plan 1962.tif");
  });

  it("is gone once the deletion is tried again and comes to its end", async () => {
    const host = createFakeHost({ scenario: "transfers" });
    const { user } = await openFailed(host);
    const row = (await host.commands.transferRows("failed", 0, 9)).find(({ kind }) => kind === "delete");
    await user.click(screen.getByRole("button", { name: "Try Old scans again" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: DETAILS })).toBeNull());
    expect(await host.commands.transferReport(row?.id ?? 0, 0, 9)).toEqual([]);
  });
});
