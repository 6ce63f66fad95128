// Pickers as their users know them, by the numbers of the original's conformance cases; and in the window, where the system's
// dialog stands in for the file input.
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { PickedFile } from "../host";
import { createFakeHost } from "../host/fake";
import { accessibilityViolations } from "../test/axe";
import { fileInput, pick } from "../test/pick";
import { renderWithHost } from "../test/render";
import { PhotoPicker, Picker, TextPicker } from ".";

const photo = new File([new Uint8Array([137, 80, 78, 71])], "a b.png", { type: "image/png" });
const other = new File([new Uint8Array([255, 216])], "c.jpg", { type: "image/jpeg" });
const note = new File(["hi"], "n.txt", { type: "text/plain" });

/** A host whose system dialog gives these. */
function windowHost(...files: File[]) {
  const picked = files.map<PickedFile>((file, index) => ({
    grant: `grant-${index}`,
    name: file.name,
    size: file.size,
    type: file.type,
    blob: async () => file,
  }));
  const dialog = vi.fn(async () => picked);
  return { dialog, picked, host: { ...createFakeHost(), pick: dialog } };
}

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
});

describe("PhotoPicker", () => {
  it("has the original's words, which props change", async () => {
    const { container, unmount } = renderWithHost(<PhotoPicker />);
    await screen.findByRole("heading", { name: "Photos" });
    screen.getByText("Add your photos by clicking below");
    screen.getByRole("button", { name: "Select a Photo" });
    expect(fileInput().accept).toBe("image/*");
    expect(await accessibilityViolations(container)).toEqual([]);
    unmount();
    renderWithHost(
      <PhotoPicker
        headerText="Quay"
        headerHint="Any picture of it"
        title="Choose"
        accept="image/png"
        multiple={false}
        preview
        previewSrc="data:image/gif;base64,R0lGODlh"
        theme={{ photoPicker: { margin: 4 }, photo: { padding: 2 } }}
      >
        <p>between</p>
      </PhotoPicker>,
    );
    const card = await screen.findByRole("region", { name: "Quay" });
    expect(card.style.margin).toBe("4px");
    screen.getByText("Any picture of it");
    screen.getByText("between");
    screen.getByRole("button", { name: "Choose" });
    const before = card.querySelector("img");
    expect([before?.src, before?.style.padding]).toEqual(["data:image/gif;base64,R0lGODlh", "2px"]);
  });

  it("case 85: without preview tells onPick exactly what was picked, and reads nothing", async () => {
    const [onPick, onLoad, picked] = [vi.fn(), vi.fn(), vi.fn()];
    renderWithHost(<PhotoPicker onPick={onPick} onLoad={onLoad} picked={picked} />);
    await waitFor(fileInput);
    pick(photo);
    expect(onPick).toHaveBeenCalledExactlyOnceWith({ file: photo, name: "a b.png", size: 4, type: "image/png" });
    expect(picked).toHaveBeenCalledExactlyOnceWith(photo);
    await screen.findByText("The image has been selected");
    expect(onLoad).not.toHaveBeenCalled();
  });

  it("case 86: with preview shows it and tells onLoad its data: URL", async () => {
    const [onLoad, loaded] = [vi.fn(), vi.fn()];
    renderWithHost(<PhotoPicker preview onLoad={onLoad} loaded={loaded} />);
    await waitFor(fileInput);
    pick(photo);
    const image = await screen.findByAltText("Preview of a b.png");
    expect(onLoad).toHaveBeenCalledExactlyOnceWith("data:image/png;base64,iVBORw==");
    expect(loaded).toHaveBeenCalledExactlyOnceWith("data:image/png;base64,iVBORw==");
    expect(image.getAttribute("src")).toBe("data:image/png;base64,iVBORw==");
  });

  it('case 87: with preview="hidden" tells onLoad, and only says that there is one', async () => {
    const onLoad = vi.fn();
    renderWithHost(<PhotoPicker preview="hidden" onLoad={onLoad} />);
    await waitFor(fileInput);
    pick(photo);
    await waitFor(() => expect(onLoad).toHaveBeenCalledExactlyOnceWith("data:image/png;base64,iVBORw=="));
    screen.getByText("The image has been selected");
    expect(document.querySelector("img")).toBeNull();
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

  it("case 90: takes all of several photos, in their order", async () => {
    const [onPick, onLoad] = [vi.fn(), vi.fn()];
    renderWithHost(<PhotoPicker preview onPick={onPick} onLoad={onLoad} />);
    await waitFor(fileInput);
    pick(photo, other);
    await screen.findByAltText("Preview of c.jpg");
    expect(onPick.mock.calls.map(([{ name }]) => name)).toEqual(["a b.png", "c.jpg"]);
    expect(onLoad.mock.calls.map(([url]) => url.slice(0, 15))).toEqual(["data:image/png;", "data:image/jpeg"]);
    expect(screen.getAllByRole("img").map((image) => image.getAttribute("alt"))).toEqual([
      "Preview of a b.png",
      "Preview of c.jpg",
    ]);
  });

  it("in the window shows the picked file from its blob", async () => {
    const { host } = windowHost(photo);
    const { user } = renderWithHost(<PhotoPicker preview />, { host });
    await user.click(await screen.findByRole("button", { name: "Select a Photo" }));
    expect((await screen.findByAltText("Preview of a b.png")).getAttribute("src")).toBe(
      "data:image/png;base64,iVBORw==",
    );
  });

  it("says why a photo can't be read", async () => {
    const { host, picked } = windowHost(photo);
    const gone = {
      code: "localFile",
      message: "Couldn't read “a b.png”.",
      hint: "",
      retry: { kind: "now" },
      detail: "",
    };
    if (picked[0]) picked[0].blob = async () => Promise.reject(gone);
    const onError = vi.fn();
    const { user } = renderWithHost(<PhotoPicker preview onError={onError} />, { host });
    await user.click(await screen.findByRole("button", { name: "Select a Photo" }));
    expect((await screen.findByRole("alert")).textContent).toBe("Couldn't read “a b.png”.");
    expect(onError).toHaveBeenCalledExactlyOnceWith(gone);
  });

  it("with a path uploads by fileToKey when it is told to, and tells the key", async () => {
    const [uploaded, onUploadEnd] = [vi.fn(), vi.fn()];
    const host = createFakeHost();
    const { user } = renderWithHost(
      <PhotoPicker
        preview
        path="Summer"
        storageOptions={{ level: "private", fileToKey: ({ name }) => `test_${name}`, contentType: "image/webp" }}
        uploaded={uploaded}
        onUploadEnd={onUploadEnd}
      />,
      { host },
    );
    await waitFor(fileInput);
    expect(screen.queryByRole("button", { name: "Upload Photo" }), "nothing was picked").toBeNull();
    pick(photo, other);
    await user.click(await screen.findByRole("button", { name: "Upload Photo" }));
    await waitFor(() => expect(onUploadEnd).toHaveBeenCalledExactlyOnceWith(2));
    expect(uploaded.mock.calls).toEqual([[{ key: "Summer/test_a_b.png" }], [{ key: "Summer/test_c.jpg" }]]);
    expect(host.world.types.get("private/me/Summer/test_a_b.png")).toBe("image/webp");
    expect(screen.queryByRole("button", { name: "Upload Photo" }), "all are there").toBeNull();
  });

  it("asks before it uploads where others see it, and keeps what was not uploaded", async () => {
    const host = createFakeHost();
    const [onError, onUploadEnd] = [vi.fn(), vi.fn()];
    const { user } = renderWithHost(
      <PhotoPicker path="Posters/" storageOptions={{ level: "public" }} onError={onError} onUploadEnd={onUploadEnd} />,
      { host },
    );
    await waitFor(fileInput);
    pick(photo);
    await user.click(await screen.findByRole("button", { name: "Upload Photo" }));
    await screen.findByRole("alertdialog", { name: "Upload 1 item to Public / Posters?" });
    expect(screen.queryByRole("button", { name: "Upload to Private instead" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(onUploadEnd).toHaveBeenCalledExactlyOnceWith(0));
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: "cancelled" });
    expect(host.world.contents.size, "nothing was stored").toBe(0);
    await user.click(screen.getByRole("button", { name: "Upload Photo" }));
    await user.click(await screen.findByRole("button", { name: "Upload to Public" }));
    await waitFor(() => expect(onUploadEnd).toHaveBeenLastCalledWith(1));
    expect([...host.world.contents.keys()]).toEqual(["public/me/Posters/a_b.png"]);
  });
});

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
