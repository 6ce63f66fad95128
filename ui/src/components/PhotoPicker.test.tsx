// PhotoPicker as its users know it, by the numbers of the original's conformance cases.
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { accessibilityViolations } from "../test/axe";
import { fileInput, jpeg, photo, pick, windowHost } from "../test/pick";
import { renderWithHost } from "../test/render";
import { PhotoPicker, StorageDefaults } from ".";

const theirs = { level: "public", owner: "us-east-1:other" };

describe("PhotoPicker", () => {
  it("has the original's words, which props change", async () => {
    const { container, unmount } = renderWithHost(<PhotoPicker />);
    await screen.findByRole("heading", { name: "Photos" });
    screen.getByText("Add your photos by clicking below");
    screen.getByRole("button", { name: "Select a Photo" });
    expect([fileInput().accept, fileInput().multiple]).toEqual(["image/*", true]);
    expect(document.querySelector("img"), "nothing was picked").toBeNull();
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
    expect([fileInput().accept, fileInput().multiple]).toEqual(["image/png", false]);
    const before = card.querySelector("img");
    expect([before?.src, before?.style.padding]).toEqual(["data:image/gif;base64,R0lGODlh", "2px"]);
  });

  it("case 85: without preview tells onPick exactly what was picked, and reads nothing", async () => {
    const [onPick, onLoad, picked] = [vi.fn(), vi.fn(), vi.fn()];
    const read = vi.spyOn(FileReader.prototype, "readAsDataURL");
    renderWithHost(<PhotoPicker onPick={onPick} onLoad={onLoad} picked={picked} />);
    await waitFor(fileInput);
    pick(photo);
    expect(onPick).toHaveBeenCalledExactlyOnceWith({ file: photo, name: "a b.png", size: 4, type: "image/png" });
    expect(picked).toHaveBeenCalledExactlyOnceWith(photo);
    await screen.findByText("The image has been selected");
    expect(read).not.toHaveBeenCalled();
    expect(onLoad).not.toHaveBeenCalled();
    read.mockRestore();
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

  it("case 90: takes all of several photos, in their order", async () => {
    const [onPick, onLoad] = [vi.fn(), vi.fn()];
    renderWithHost(<PhotoPicker preview onPick={onPick} onLoad={onLoad} />);
    await waitFor(fileInput);
    pick(photo, jpeg);
    await screen.findByAltText("Preview of c.jpg");
    expect(onPick.mock.calls.map(([{ name }]) => name)).toEqual(["a b.png", "c.jpg"]);
    expect(onLoad.mock.calls.map(([url]) => url.slice(0, 15))).toEqual(["data:image/png;", "data:image/jpeg"]);
    expect(screen.getAllByRole("img").map((image) => image.getAttribute("alt"))).toEqual([
      "Preview of a b.png",
      "Preview of c.jpg",
    ]);
  });

  it("shows what was picked in place of previewSrc, which needs preview as well", async () => {
    const previewSrc = "data:image/gif;base64,R0lGODlh";
    const { unmount } = renderWithHost(<PhotoPicker previewSrc={previewSrc} />);
    await waitFor(fileInput);
    expect(document.querySelector("img")).toBeNull();
    unmount();
    renderWithHost(<PhotoPicker preview previewSrc={previewSrc} />);
    await waitFor(() => expect(document.querySelector("img")?.src).toBe(previewSrc));
    pick(photo);
    await screen.findByAltText("Preview of a b.png");
    expect(screen.getAllByRole("img")).toHaveLength(1);
  });

  it("tells onPickAll all photos of one dialog at once", async () => {
    const onPickAll = vi.fn();
    renderWithHost(<PhotoPicker onPickAll={onPickAll} />);
    await waitFor(fileInput);
    pick(photo, jpeg);
    expect(onPickAll).toHaveBeenCalledExactlyOnceWith([
      { file: photo, name: "a b.png", size: 4, type: "image/png" },
      { file: jpeg, name: "c.jpg", size: 2, type: "image/jpeg" },
    ]);
  });

  it("says why the dialog did not open, and tells onError", async () => {
    const host = { ...createFakeHost(), pick: vi.fn().mockRejectedValue("no dialog") };
    const onError = vi.fn();
    const { user } = renderWithHost(<PhotoPicker onError={onError} />, { host });
    await user.click(await screen.findByRole("button", { name: "Select a Photo" }));
    await screen.findByRole("alert");
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: "unexpected", detail: "no dialog" });
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
    pick(photo, jpeg);
    await user.click(await screen.findByRole("button", { name: "Upload Photo" }));
    await waitFor(() => expect(onUploadEnd).toHaveBeenCalledExactlyOnceWith(2));
    expect(uploaded.mock.calls).toEqual([[{ key: "Summer/test_a_b.png" }], [{ key: "Summer/test_c.jpg" }]]);
    expect(host.world.types.get("private/me/Summer/test_a_b.png")).toBe("image/webp");
    expect(screen.queryByRole("button", { name: "Upload Photo" }), "all are there").toBeNull();
  });

  it.each([
    { storageOptions: undefined, space: { level: "protected", owner: null } },
    { storageOptions: { level: "public", identityId: "us-east-1:other" } as const, space: theirs },
  ])("uploads to $space.level: as configured, or as storageOptions say", async ({ storageOptions, space }) => {
    const host = createFakeHost();
    const put = vi.spyOn(host, "putFile").mockRejectedValue("not now");
    const { user } = renderWithHost(
      <StorageDefaults level="protected">
        <PhotoPicker path="" storageOptions={storageOptions} />
      </StorageDefaults>,
      { host },
    );
    await waitFor(fileInput);
    pick(photo);
    await user.click(await screen.findByRole("button", { name: "Upload Photo" }));
    await waitFor(() => expect(put).toHaveBeenCalledOnce());
    expect(put.mock.calls[0]?.[1]).toMatchObject({ space, key: "a_b.png", contentType: "image/png" });
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
