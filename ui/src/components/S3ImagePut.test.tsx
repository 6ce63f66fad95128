// What S3Image stores: its `body`, and what is picked; by the numbers of the original's conformance cases.
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { addressesOf, shownImage } from "../test/item";
import { fileInput, pick } from "../test/pick";
import { renderWithHost } from "../test/render";
import { S3Image, type S3ImageProps } from ".";

/** A host that stores `body` only when it is told to; under other keys than this one, if there is one, at once. */
function storingHost(late?: string) {
  const host = createFakeHost();
  let store = () => undefined as void;
  const mayStore = new Promise<void>((resolve) => {
    store = resolve;
  });
  const { putBody } = host;
  host.putBody = vi.fn<typeof putBody>(async (...told) => {
    if (late === undefined || told[1].key === late) await mayStore;
    return putBody(...told);
  });
  return { host, store };
}

describe("body of S3Image", () => {
  it("case 92: tells onLoad nothing of what stands in while body is stored", async () => {
    const { host, store } = storingHost();
    const onLoad = vi.fn();
    const src = "data:image/gif;base64,R0lGODlh";
    renderWithHost(<S3Image src={src} imgKey="made.png" level="private" body="x" onLoad={onLoad} />, { host });
    const stand = await shownImage();
    expect(stand.src).toBe(src);
    fireEvent.load(stand);
    expect(onLoad).not.toHaveBeenCalled();
    store();
    await waitFor(async () => expect((await shownImage()).src).not.toBe(src));
    fireEvent.load(await shownImage());
    expect(onLoad).toHaveBeenCalledExactlyOnceWith((await shownImage()).src);
  });

  it("case 94: stores body under the key, then reads that key; its type is binary unless given", async () => {
    const host = createFakeHost();
    const put = vi.spyOn(host, "putBody");
    const [onUploadSuccess, uploaded] = [vi.fn(), vi.fn()];
    const addresses = addressesOf(host);
    const body = new Uint8Array([1, 2, 3]);
    const props: S3ImageProps = { imgKey: "made.png", level: "private", body, onUploadSuccess, uploaded };
    const view = renderWithHost(<S3Image {...props} />, { host });
    await shownImage();
    expect(put.mock.calls.map(([blob, to]) => [blob.size, to])).toEqual([
      [
        3,
        {
          space: { level: "private", owner: null },
          key: "made.png",
          contentType: "binary/octet-stream",
          consent: "ask",
          replace: true,
          photos: null,
          ownKey: true,
        },
      ],
    ]);
    expect(onUploadSuccess).toHaveBeenCalledExactlyOnceWith();
    expect(uploaded).toHaveBeenCalledExactlyOnceWith({ key: "made.png" });
    expect(new Set(addresses())).toEqual(new Set(["picture private  made.png"]));
    view.unmount();
    renderWithHost(<S3Image {...props} contentType="image/png" />, { host });
    await waitFor(() => expect(put).toHaveBeenCalledTimes(2));
    expect(put.mock.lastCall?.[1].contentType).toBe("image/png");
  });

  it("case 94: reads the key only once body is stored there", async () => {
    const { host, store } = storingHost();
    const addresses = addressesOf(host);
    renderWithHost(<S3Image imgKey="made.png" level="private" body="x" />, { host });
    await waitFor(() => expect(host.putBody).toHaveBeenCalledOnce());
    expect([addresses(), document.querySelector("img")]).toEqual([[], null]);
    store();
    await shownImage();
    expect(new Set(addresses())).toEqual(new Set(["picture private  made.png"]));
  });

  it("case 94: stores another body under the same key and shows it; the same one is stored once", async () => {
    const host = createFakeHost();
    const put = vi.spyOn(host, "putBody");
    const { user } = renderWithHost(<Changing level="private" imgKey="made.png" body="old" alt="it" />, { host });
    expect((await screen.findByAltText("it")).getAttribute("src")).toContain(btoa("old"));
    await user.click(screen.getByRole("button", { name: "another look" }));
    expect(put, "only its style changed").toHaveBeenCalledOnce();
    await user.click(screen.getByRole("button", { name: "other body" }));
    await waitFor(() => expect(screen.getByAltText("it").getAttribute("src")).toContain(btoa("new")));
    expect(put).toHaveBeenCalledTimes(2);
  });

  it("case 94: stores bodies in the order in which they came, and shows the last one", async () => {
    const { host, store } = storingHost();
    const { user } = renderWithHost(<Changing level="private" imgKey="made.png" body="old" alt="it" />, { host });
    await waitFor(() => expect(host.putBody).toHaveBeenCalledOnce());
    for (const name of ["newest body", "other body"]) await user.click(screen.getByRole("button", { name }));
    expect(host.putBody, "the first one is still on its way").toHaveBeenCalledOnce();
    store();
    await waitFor(() => expect(screen.getByAltText("it").getAttribute("src")).toContain(btoa("new")));
    expect(host.putBody, "what another took the place of is not sent").toHaveBeenCalledTimes(2);
    expect(host.world.contents.get("private/me/made.png")).toContain(btoa("new"));
  });

  it("case 94: a body that arrives late under the key before hides nothing that is there", async () => {
    const { host, store } = storingHost("made.png");
    const { user } = renderWithHost(<Changing level="private" imgKey="made.png" body="old" alt="it" />, { host });
    await waitFor(() => expect(host.putBody).toHaveBeenCalledOnce());
    await user.click(screen.getByRole("button", { name: "other key" }));
    store();
    await waitFor(() => expect(host.world.contents.has("private/me/other.png")).toBe(true));
    expect(host.world.contents.has("private/me/made.png"), "both are stored").toBe(true);
    expect((await screen.findByAltText("it")).getAttribute("src")).toContain(btoa("old"));
  });

  it("replaces with body only what its own key holds; else it asks", async () => {
    const host = createFakeHost();
    const onError = vi.fn();
    const there = () => host.world.filesOf({ level: "private", owner: null }).find(({ key }) => key === "harbour.jpg");
    const before = there()?.etag;
    const { user } = renderWithHost(<S3Image path="harbour.jpg" level="private" body="new" onError={onError} />, {
      host,
    });
    await screen.findByRole("alertdialog", { name: "“harbour.jpg” is already there" });
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: "cancelled" }));
    expect(there()?.etag).toBe(before);
    renderWithHost(<S3Image path="harbour.jpg" level="private" body="newer" />, { host });
    await user.click(await screen.findByRole("button", { name: "Replace" }));
    await waitFor(() => expect(there()?.etag).not.toBe(before));
  });

  it("asks before body goes where others read it", async () => {
    const host = createFakeHost();
    const { user } = renderWithHost(<S3Image imgKey="shown.png" body="x" />, { host });
    await screen.findByRole("alertdialog", { name: "Upload 1 item to Public?" });
    expect(host.world.contents.size).toBe(0);
    await user.click(screen.getByRole("button", { name: "Upload to Public" }));
    await shownImage();
    expect([...host.world.contents.keys()]).toEqual(["public/me/shown.png"]);
  });
});

describe("picker of S3Image", () => {
  it("with a picker stores the picked file by fileToKey behind path, and shows it", async () => {
    const host = createFakeHost();
    const [onPick, picked, uploaded, onUploadSuccess] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
    const addresses = addressesOf(host);
    renderWithHost(
      <S3Image
        picker
        path="pp"
        level="private"
        fileToKey="fix"
        onPick={onPick}
        picked={picked}
        uploaded={uploaded}
        onUploadSuccess={onUploadSuccess}
      />,
      { host },
    );
    await screen.findByRole("button", { name: "Pick" });
    const file = new File(["new"], "z z.png", { type: "image/png" });
    pick(file);
    await waitFor(() => expect(uploaded).toHaveBeenCalledExactlyOnceWith({ key: "ppfix" }));
    expect(onPick).toHaveBeenCalledExactlyOnceWith({ file, name: "z z.png", size: 3, type: "image/png" });
    expect(picked).toHaveBeenCalledExactlyOnceWith(file);
    expect(onUploadSuccess).toHaveBeenCalledExactlyOnceWith();
    await waitFor(() => expect(addresses()).toContain("picture private  ppfix"));
    expect(host.world.types.get("private/me/ppfix")).toBe("image/png");
  });

  it("with a picker behind a folder asks for nothing yet; contentType is that of a file of unknown type", async () => {
    const host = createFakeHost();
    const addresses = addressesOf(host);
    const uploaded = vi.fn();
    const props = { path: "scans/", contentType: "image/x-raw", uploaded };
    renderWithHost(<S3Image picker level="private" {...props} />, { host });
    await screen.findByRole("button", { name: "Pick" });
    expect(fileInput().accept).toBe("image/*");
    expect([addresses(), document.querySelector("img")], "a folder is no picture").toEqual([[], null]);
    pick(new File(["raw"], "one.3fr"));
    await waitFor(() => expect(uploaded).toHaveBeenCalledExactlyOnceWith({ key: "scans/one.3fr" }));
    expect(host.world.types.get("private/me/scans/one.3fr")).toBe("image/x-raw");
  });

  it("case 97: shows what was picked no more when identityId changes", async () => {
    const { user } = renderWithHost(<Changing picker path="" level="private" />);
    await screen.findByRole("button", { name: "Pick" });
    pick(new File(["new"], "mine.png", { type: "image/png" }));
    await shownImage();
    await user.click(screen.getByRole("button", { name: "theirs" }));
    await waitFor(() => expect(document.querySelector("img")).toBeNull());
  });

  it("shows a picked file in place of the old one under the same key", async () => {
    const host = createFakeHost();
    renderWithHost(<S3Image picker imgKey="fresh.png" level="private" alt="it" />, { host });
    const before = (await screen.findByAltText("it")).getAttribute("src");
    pick(new File(["new"], "any.png", { type: "image/png" }));
    await waitFor(() => expect(screen.getByAltText("it").getAttribute("src")).not.toBe(before));
    expect(screen.getByAltText("it").getAttribute("src")).toContain("data:image/png;base64,bmV3");
  });

  it("case 93: tells onError why a picked file was not stored, and goes on showing what was there", async () => {
    const refused = { code: "diskFull", message: "No room.", hint: "", retry: { kind: "never" }, detail: "" };
    const host = { ...createFakeHost(), putFile: vi.fn().mockRejectedValue(refused) };
    const [onError, onUploadSuccess] = [vi.fn(), vi.fn()];
    const props = { imgKey: "team.jpg", alt: "it", onError, onUploadSuccess };
    renderWithHost(<S3Image picker level="private" {...props} />, { host });
    const before = (await screen.findByAltText("it")).getAttribute("src");
    pick(new File(["new"], "any.png"));
    await waitFor(() => expect(onError).toHaveBeenCalledExactlyOnceWith(refused));
    expect(onUploadSuccess).not.toHaveBeenCalled();
    expect(screen.getByAltText("it").getAttribute("src")).toBe(before);
  });
});

/** One picture whose props change by buttons. */
function Changing(start: S3ImageProps) {
  const [props, setProps] = useState(start);
  return (
    <>
      <button type="button" onClick={() => setProps({ ...props, body: "new" })}>
        other body
      </button>
      <button type="button" onClick={() => setProps({ ...props, body: "newest" })}>
        newest body
      </button>
      <button type="button" onClick={() => setProps({ ...props, imgKey: "other.png" })}>
        other key
      </button>
      <button type="button" onClick={() => setProps({ ...props, style: { margin: 1 } })}>
        another look
      </button>
      <button type="button" onClick={() => setProps({ ...props, identityId: "us-east-1:other" })}>
        theirs
      </button>
      <S3Image {...props} />
    </>
  );
}
