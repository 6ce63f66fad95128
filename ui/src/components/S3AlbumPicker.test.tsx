// What is put into an S3Album by its picker, by the numbers of the original's conformance cases.
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { boxOf, mine, names, show, tile } from "../test/box";
import { fileInput, pick } from "../test/pick";

describe("picker of S3Album", () => {
  it("case 102: shows an uploaded file first", async () => {
    const host = boxOf("a.png", "b.png");
    show(host, { picker: true });
    await tile("a.png");
    pick(new File(["new"], "z z.png", { type: "image/png" }));
    await tile("z_z.png");
    expect(names()).toEqual(["z_z.png", "a.png", "b.png"]);
  });

  it("case 103: shows the new picture of a key that was there", async () => {
    const host = boxOf("a.png");
    const { user } = show(host, { picker: true });
    const before = (await tile("a.png")).querySelector("img")?.getAttribute("src");
    pick(new File(["new"], "a.png", { type: "image/png" }));
    // What to do with a taken name is asked above the page, as with every upload.
    await waitFor(async () => expect((await host.commands.transferSummary()).needsYou).toBe(1));
    const [row] = await host.commands.transferRows("needsYou", 0, 1);
    await host.commands.answerConflict(row?.id ?? 0, "replace", false);
    await waitFor(async () => {
      const now = (await tile("a.png")).querySelector("img")?.getAttribute("src");
      expect(now).not.toBe(before);
      expect(now).toBe("data:image/png;base64,bmV3");
    });
    expect(names(), "it is there once").toEqual(["a.png"]);
    expect(user).toBeTruthy();
  });

  it("case 108: puts a picked file behind the path by fileToKey, then tells onLoad and the Angular set's events", async () => {
    const host = boxOf("a.png");
    const [onPick, onLoad, picked, uploaded] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
    const file = new File(["new"], "z z.txt", { type: "text/plain" });
    show(host, {
      picker: true,
      pickerTitle: "Add one",
      fileToKey: ({ name }) => `test_${name}`,
      onPick,
      onLoad,
      picked,
      uploaded,
      track: true,
    });
    await screen.findByRole("button", { name: "Add one" });
    expect(fileInput().accept).toBe("image/*, text/*");
    const put = vi.spyOn(host, "putFile");
    pick(file);
    await waitFor(() => expect(onLoad).toHaveBeenCalledOnce());
    expect(onPick).toHaveBeenCalledExactlyOnceWith({ file, name: "z z.txt", size: 3, type: "text/plain" });
    expect(picked).toHaveBeenCalledExactlyOnceWith(file);
    expect(onLoad).toHaveBeenCalledWith({ key: "box/test_z_z.txt", contentType: "text/plain" });
    expect(uploaded).toHaveBeenCalledExactlyOnceWith({ key: "box/test_z_z.txt" });
    expect(host.world.types.get("private/me/box/test_z_z.txt")).toBe("text/plain");
    // Every upload is noted, tracked or not; so there is nothing to pass on.
    const to = { space: mine, key: "box/test_z_z.txt", contentType: "text/plain", consent: "ask", photos: null };
    expect(put, "nothing is replaced without an answer").toHaveBeenCalledExactlyOnceWith(
      file,
      { ...to, ownKey: false, replace: false },
      [file],
    );
  });

  it("case 108: adds no slash between the path and the key", async () => {
    const uploaded = vi.fn();
    show(boxOf("a.png"), { path: "box/pp", picker: true, uploaded, fileToKey: "fix" });
    await screen.findByRole("button", { name: "Pick" });
    pick(new File(["new"], "x.png", { type: "image/png" }));
    await waitFor(() => expect(uploaded).toHaveBeenCalledExactlyOnceWith({ key: "box/ppfix" }));
    await tile("ppfix");
  });

  it("case 108: tells onError when a picked file is not stored, and says why", async () => {
    const refused = { code: "diskFull", message: "No room.", hint: "", retry: { kind: "never" }, detail: "" };
    const host = { ...boxOf("a.png"), putFile: vi.fn().mockRejectedValue(refused) };
    const [onLoad, onError] = [vi.fn(), vi.fn()];
    show(host, { picker: true, onLoad, onError });
    await tile("a.png");
    pick(new File(["x"], "b.png"));
    expect((await screen.findByRole("alert")).textContent).toBe("No room.");
    expect(onError).toHaveBeenCalledExactlyOnceWith(refused);
    expect(onLoad).not.toHaveBeenCalled();
  });

  it("tells onError when the dialog to pick does not open, and has a picker only where it is wanted", async () => {
    const host = { ...boxOf("a.png"), pick: vi.fn().mockRejectedValue("no dialog") };
    const onError = vi.fn();
    const { user, unmount } = show(host, { picker: true, onError });
    await user.click(await screen.findByRole("button", { name: "Pick" }));
    await waitFor(() => expect(onError).toHaveBeenCalledOnce());
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: "unexpected", detail: "no dialog" });
    unmount();
    show(host);
    await tile("a.png");
    expect(screen.queryByRole("button", { name: "Pick" })).toBeNull();
  });

  it("puts all of several picked files", async () => {
    const host = boxOf("a.png");
    const uploaded = vi.fn();
    show(host, { picker: true, uploaded });
    await tile("a.png");
    pick(new File(["1"], "b.png"), new File(["2"], "c.png"));
    await waitFor(() => expect(uploaded).toHaveBeenCalledTimes(2));
    await tile("c.png");
    await tile("b.png");
  });
});
