// TextPicker as its users know it, by the numbers of the original's conformance cases.
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { fileInput, note, pick, windowHost } from "../test/pick";
import { renderWithHost } from "../test/render";
import { TextPicker } from ".";

describe("TextPicker", () => {
  it("case 88: with preview shows the text and tells onLoad", async () => {
    const [onPick, onLoad, loaded, picked] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
    renderWithHost(
      <TextPicker preview previewText="before" onPick={onPick} onLoad={onLoad} loaded={loaded} picked={picked} />,
    );
    await screen.findByText("before");
    expect(fileInput().accept).toBe("text/*");
    pick(note);
    await screen.findByText("hi");
    expect(onLoad).toHaveBeenCalledExactlyOnceWith("hi");
    expect(loaded).toHaveBeenCalledExactlyOnceWith("hi");
    expect(picked).toHaveBeenCalledExactlyOnceWith(note);
    expect(onPick).toHaveBeenCalledExactlyOnceWith({ file: note, name: "n.txt", size: 2, type: "text/plain" });
  });

  it("with preview hidden has the text but does not draw it", async () => {
    const onLoad = vi.fn();
    renderWithHost(<TextPicker preview="hidden" onLoad={onLoad} title="Notes" accept=".md" multiple={false} />);
    await screen.findByRole("button", { name: "Notes" });
    expect([fileInput().accept, fileInput().multiple]).toEqual([".md", false]);
    pick(note);
    await waitFor(() => expect(onLoad).toHaveBeenCalledExactlyOnceWith("hi"));
    expect((await screen.findByText("hi")).style.display).toBe("none");
  });

  it("without preview reads nothing, and has styles by part", async () => {
    const onLoad = vi.fn();
    renderWithHost(<TextPicker onLoad={onLoad} theme={{ textPicker: { margin: 4 }, text: { padding: 2 } }} />);
    expect((await screen.findByRole("region", { name: "Pick a File" })).style.margin).toBe("4px");
    pick(note);
    await Promise.resolve();
    expect(onLoad).not.toHaveBeenCalled();
    expect(document.querySelector("pre")).toBeNull();
  });

  it("says why a text can't be read", async () => {
    const { host, picked } = windowHost(note);
    if (picked[0]) picked[0].blob = async () => Promise.reject(new Error("gone"));
    const onError = vi.fn();
    const { user } = renderWithHost(<TextPicker preview onError={onError} />, { host });
    await user.click(await screen.findByRole("button", { name: "Pick a File" }));
    await screen.findByRole("alert");
    expect(onError).toHaveBeenCalledOnce();
  });
});
