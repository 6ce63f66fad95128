// Picker as its users know it; and in the window, where the system's dialog stands in for the file input.
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { accessibilityViolations } from "../test/axe";
import { fileInput, note, photo, pick, windowHost } from "../test/pick";
import { renderWithHost } from "../test/render";
import { Picker } from ".";

describe("Picker", () => {
  it("has the original's words, which title and accept change, and passes the accessibility checker", async () => {
    const { container, unmount } = renderWithHost(<Picker />);
    await screen.findByRole("button", { name: "Pick a File" });
    expect(fileInput().accept).toBe("*/*");
    expect(fileInput().multiple).toBe(true);
    expect(await accessibilityViolations(container)).toEqual([]);
    unmount();
    renderWithHost(<Picker title="Choose" accept=".md" multiple={false} theme={{ picker: { margin: 4 } }} />);
    const button = await screen.findByRole("button", { name: "Choose" });
    expect([fileInput().accept, fileInput().multiple]).toEqual([".md", false]);
    expect(button.parentElement?.style.margin).toBe("4px");
  });

  it("stands out where it is the primary one, and has an icon of its own where one is given", async () => {
    renderWithHost(
      <>
        <Picker title="Usual" />
        <Picker title="Own" icon={<i>own</i>} primary />
      </>,
    );
    const usual = await screen.findByRole("button", { name: "Usual" });
    expect(usual.querySelector("svg")?.getAttribute("class")).toContain("folder-open");
    expect(usual.className).toContain("plain");
    const own = screen.getByRole("button", { name: /Own$/ });
    expect([own.querySelector("svg"), own.querySelector("i")?.textContent]).toEqual([null, "own"]);
    expect(own.className).toContain("primary");
  });

  it("opens the file input by its button", async () => {
    const { user } = renderWithHost(<Picker />);
    const clicked = vi.spyOn(await waitFor(fileInput), "click");
    await user.click(screen.getByRole("button", { name: "Pick a File" }));
    expect(clicked).toHaveBeenCalledOnce();
  });

  it("tells onPickAll all files of one dialog, and picked each file itself", async () => {
    const [onPickAll, picked] = [vi.fn(), vi.fn()];
    renderWithHost(<Picker onPickAll={onPickAll} picked={picked} />);
    await waitFor(fileInput);
    pick(photo, note);
    expect(onPickAll).toHaveBeenCalledExactlyOnceWith([
      { file: photo, name: "a b.png", size: 4, type: "image/png" },
      { file: note, name: "n.txt", size: 2, type: "text/plain" },
    ]);
    expect(picked.mock.calls).toEqual([[photo], [note]]);
  });

  it("in the window opens the system's dialog and hands on grants, never paths", async () => {
    const { host, dialog, picked } = windowHost(note);
    const onPick = vi.fn();
    const { user } = renderWithHost(<Picker title="Notes" accept="text/*" onPick={onPick} />, { host });
    await user.click(await screen.findByRole("button", { name: "Notes" }));
    await waitFor(() => expect(onPick).toHaveBeenCalledOnce());
    expect(dialog).toHaveBeenCalledExactlyOnceWith({ title: "Notes", accept: "text/*", several: true });
    expect(onPick).toHaveBeenCalledWith({ file: picked[0], name: "n.txt", size: 2, type: "text/plain" });
    expect(document.querySelector("input[type=file]")).toBeNull();
  });

  it("tells onError when the dialog does not open", async () => {
    const host = { ...createFakeHost(), pick: vi.fn().mockRejectedValue("no dialog") };
    const onError = vi.fn();
    const { user } = renderWithHost(<Picker onError={onError} />, { host });
    await user.click(await screen.findByRole("button", { name: "Pick a File" }));
    await waitFor(() => expect(onError).toHaveBeenCalledOnce());
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: "unexpected", detail: "no dialog" });
  });

  it("case 89: a dialog that was closed tells nobody", async () => {
    const [onPick, onPickAll] = [vi.fn(), vi.fn()];
    renderWithHost(<Picker onPick={onPick} onPickAll={onPickAll} />);
    await waitFor(fileInput);
    pick();
    const { host } = windowHost();
    const { user } = renderWithHost(<Picker title="Window" onPick={onPick} onPickAll={onPickAll} />, { host });
    await user.click(await screen.findByRole("button", { name: "Window" }));
    await waitFor(() => expect(host.pick).toHaveBeenCalledOnce());
    expect(onPick).not.toHaveBeenCalled();
    expect(onPickAll).not.toHaveBeenCalled();
  });
});
