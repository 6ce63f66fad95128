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

  it("loads each of several texts in their order, and shows the last one", async () => {
    const [onPick, onLoad] = [vi.fn(), vi.fn()];
    renderWithHost(<TextPicker preview previewText="before" onPick={onPick} onLoad={onLoad} />);
    await screen.findByText("before");
    expect(fileInput().multiple).toBe(true);
    pick(note, new File(["ho"], "second.txt", { type: "text/plain" }));
    await screen.findByText("ho");
    expect(onLoad.mock.calls).toEqual([["hi"], ["ho"]]);
    expect(onPick.mock.calls.map(([{ name }]) => name)).toEqual(["n.txt", "second.txt"]);
    expect(document.querySelectorAll("pre")).toHaveLength(1);
  });

  it("shows what was picked last, also where it is read sooner than what was picked before", async () => {
    const { host, picked } = windowHost(note);
    const onLoad = vi.fn();
    const readers: ((blob: Blob) => void)[] = [];
    const slow = new Promise<Blob>((resolve) => {
      readers.push(resolve);
    });
    if (picked[0]) picked[0].blob = () => slow;
    const { user } = renderWithHost(<TextPicker preview onLoad={onLoad} />, { host });
    const button = await screen.findByRole("button", { name: "Pick a File" });
    await user.click(button);
    if (picked[0]) picked[0].blob = async () => new Blob(["last"]);
    await user.click(button);
    await screen.findByText("last");
    readers[0]?.(new Blob(["first"]));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByText("first")).toBeNull();
    expect(onLoad).toHaveBeenCalledExactlyOnceWith("last");
  });

  it("has styles by part", async () => {
    const theme = { textPicker: { margin: 4 }, text: { padding: 2 } };
    renderWithHost(<TextPicker preview previewText="before" theme={theme} />);
    expect((await screen.findByRole("region", { name: "Pick a File" })).style.margin).toBe("4px");
    expect(screen.getByText("before").style.padding).toBe("2px");
  });

  it("without preview reads nothing and shows nothing", async () => {
    const [onPick, read] = [vi.fn(), vi.spyOn(FileReader.prototype, "readAsText")];
    renderWithHost(<TextPicker previewText="before" onPick={onPick} />);
    await waitFor(fileInput);
    pick(note);
    expect(onPick).toHaveBeenCalledOnce();
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
    expect(document.querySelector("pre")).toBeNull();
  });

  it("says why a text can't be read", async () => {
    const { host, picked } = windowHost(note);
    if (picked[0]) picked[0].blob = async () => Promise.reject(new Error("gone"));
    const onError = vi.fn();
    const { user } = renderWithHost(<TextPicker preview onError={onError} />, { host });
    await user.click(await screen.findByRole("button", { name: "Pick a File" }));
    expect((await screen.findByRole("alert")).textContent).toBe(onError.mock.calls[0]?.[0].message);
    expect(onError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ detail: expect.stringContaining("gone") }),
    );
  });
});
