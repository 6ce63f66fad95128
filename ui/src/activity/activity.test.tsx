// The activity log, from the account's menu to the file.
import { screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { failure } from "../host/fake/failures";
import { accessibilityViolations } from "../test/axe";
import { renderApp } from "../test/render";

async function open(user: ReturnType<typeof renderApp>["user"]) {
  await user.click(await screen.findByRole("button", { name: /^Account:/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Activity" }));
  return screen.findByRole("dialog", { name: "Activity" });
}

it("lists the newest entries and marks what failed", async () => {
  const { user, host } = renderApp("practice");
  const at = host.world.options.now();
  vi.spyOn(host.commands, "activity").mockResolvedValue([
    { at, event: "upload", key: "plans/plan.pdf", succeeded: false, message: "Error uploading plans/plan.pdf" },
    { at: at - 1000, event: "download", key: "plan.pdf", succeeded: true, message: "Download success for plan.pdf" },
    { at: at - 2000, event: "download", key: null, succeeded: true, message: "Download success for old.pdf" },
  ]);
  const dialog = await open(user);
  const entries = await within(dialog).findAllByRole("listitem");
  expect(entries.map((entry) => entry.textContent)).toEqual([
    expect.stringContaining("Couldn’t upload plans/plan.pdf"),
    expect.stringContaining("Downloaded plan.pdf"),
    expect.stringContaining("Download success for old.pdf"),
  ]);
  expect(await accessibilityViolations()).toEqual([]);
});

it("says when there is nothing, and what went wrong", async () => {
  const { user, host } = renderApp("practice");
  const dialog = await open(user);
  expect(await within(dialog).findByText(/^Nothing yet\./)).toBeTruthy();
  await user.click(within(dialog).getByRole("button", { name: "Done" }));
  const message = "Couldn't read “activity log”: this computer doesn't let Amphora use it.";
  vi.spyOn(host.commands, "activity").mockRejectedValue(failure("localFile", message, "Check who may read it."));
  expect((await within(await open(user)).findByRole("alert")).textContent).toContain(message);
});

it("exports, and says so only when a file was chosen", async () => {
  const { user, host } = renderApp("practice");
  const exporting = vi.spyOn(host.commands, "exportActivity").mockResolvedValueOnce(false).mockResolvedValueOnce(true);
  const dialog = await open(user);
  const button = within(dialog).getByRole("button", { name: "Export…" });
  await user.click(button);
  expect(screen.queryByText("Activity exported")).toBeNull();
  await user.click(button);
  expect(await screen.findByText("Activity exported")).toBeTruthy();
  expect(exporting).toHaveBeenCalledTimes(2);
});
