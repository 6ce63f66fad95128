// Naming uploads by a rule: off at first, previewed while it is written, saved at once.
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { accessibilityViolations } from "../test/axe";
import { renderWithHost } from "../test/render";
import { isoDate, NamingSection } from ".";

const preview = () =>
  within(screen.getByRole("list", { name: "What names become" }))
    .getAllByRole("listitem")
    .map((line) => line.lastElementChild?.textContent);

describe("names of uploads", () => {
  it("are the files' own until a rule is turned on; then the rule shows what it makes", async () => {
    const host = createFakeHost();
    const { user, container } = renderWithHost(<NamingSection />, { host });
    const on = await screen.findByRole("checkbox", { name: "Name uploaded files by a rule" });
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(await host.commands.namingRule()).toMatchObject({ on: false });
    await user.click(on);
    const pattern = await screen.findByRole("textbox", { name: "Name" });
    expect(preview()).toEqual(["Quay_wall_14.jpg", "notes.txt"]);
    fireEvent.change(pattern, { target: { value: "test_{name}" } });
    expect(preview()).toEqual(["test_Quay_wall_14.jpg", "test_notes.txt"]);
    fireEvent.change(pattern, { target: { value: "{date} {counter}" } });
    const today = isoDate(Date.now());
    expect(preview()).toEqual([`${today}_001.jpg`, `${today}_002.txt`]);
    await user.click(screen.getByRole("checkbox", { name: "Spaces become _" }));
    expect(preview()).toEqual([`${today} 001.jpg`, `${today} 002.txt`]);
    await waitFor(async () =>
      expect(await host.commands.namingRule()).toMatchObject({ on: true, pattern: "{date} {counter}", spaces: false }),
    );
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it("offer exact Amplify 1.x keys to those who ask for developer details", async () => {
    const { user } = renderWithHost(<NamingSection />);
    await user.click(await screen.findByRole("checkbox", { name: "Name uploaded files by a rule" }));
    expect(screen.queryByRole("checkbox", { name: /Exact Amplify/ })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Show developer details" }));
    await user.click(screen.getByRole("checkbox", { name: /^Exact Amplify 1\.x keys/ }));
    expect(preview()).toEqual(["Quay%20wall%2014.jpg", "notes.txt"]);
  });

  it("go back and say why when they can't be saved", async () => {
    const host = createFakeHost();
    const refused = { code: "diskFull", message: "No room.", hint: "", retry: { kind: "never" }, detail: "" };
    vi.spyOn(host.commands, "setNamingRule").mockRejectedValue(refused);
    const { user } = renderWithHost(<NamingSection />, { host });
    await user.click(await screen.findByRole("checkbox", { name: "Name uploaded files by a rule" }));
    await screen.findByText(/No room\./);
    expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Name uploaded files by a rule" }).checked).toBe(
      false,
    );
  });
});
