// S3Image and S3Text as their users know them, by the numbers of the original's conformance cases.
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { StrictMode, useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { renderWithHost } from "../test/render";
import { S3Image, type S3ImageProps, S3Text, StorageDefaults } from ".";

const asked = (host: ReturnType<typeof createFakeHost>) => {
  const fileUrl = vi.spyOn(host, "fileUrl");
  return () => fileUrl.mock.calls.map(([kind, { level, owner }, key]) => [kind, level, owner, key].join(" "));
};

function pick(file: File) {
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) throw new Error("a picker in a browser has a file input");
  fireEvent.change(input, { target: { files: [file] } });
}

const image = () =>
  waitFor(() => {
    const found = document.querySelector("img");
    if (!found) throw new Error("no picture yet");
    return found;
  });

describe("S3Image", () => {
  it("case 91: reads imgKey of the public level", async () => {
    const host = createFakeHost();
    const addresses = asked(host);
    renderWithHost(<S3Image imgKey="team.jpg" alt="The team" className="mine" />, { host });
    expect((await screen.findByAltText("The team")).className).toContain("mine");
    expect(new Set(addresses())).toEqual(new Set(["picture public  team.jpg"]));
  });

  it("reads path as a key where it stands alone, of the given level and person, and draws nothing without either", async () => {
    const host = createFakeHost();
    const addresses = asked(host);
    const { container } = renderWithHost(
      <>
        <S3Image path="Summer 2026/dawn.jpg" level="protected" identityId="us-east-1:other" size={100} version="e1" />
        <S3Image />
      </>,
      { host },
    );
    await image();
    expect(new Set(addresses())).toEqual(new Set(["thumb protected us-east-1:other Summer 2026/dawn.jpg"]));
    expect(container.querySelectorAll("img")).toHaveLength(1);
  });

  it("case 92: tells onLoad only of the real picture, not of what stands in for it", async () => {
    const [onLoad, loaded] = [vi.fn(), vi.fn()];
    const placeholder = "data:image/gif;base64,R0lGODlh";
    const host = createFakeHost();
    const view = renderWithHost(<S3Image src={placeholder} onLoad={onLoad} loaded={loaded} />, { host });
    const stand = await image();
    expect(stand.src).toBe(placeholder);
    fireEvent.load(stand);
    expect(onLoad).not.toHaveBeenCalled();
    view.unmount();
    renderWithHost(<S3Image src={placeholder} imgKey="team.jpg" onLoad={onLoad} loaded={loaded} />, { host });
    const real = await image();
    fireEvent.load(real);
    expect(onLoad).toHaveBeenCalledExactlyOnceWith(real.src);
    expect(loaded).toHaveBeenCalledExactlyOnceWith(real.src);
    expect(real.src).not.toBe(placeholder);
  });

  it.each([
    { ratio: 1, size: 240, edge: 256 },
    { ratio: 2, size: 240, edge: 512 },
    { ratio: 1, size: 100, edge: 128 },
    { ratio: 3, size: 300, edge: 512 },
  ])("asks for $edge pixels where $size are drawn on a screen of density $ratio", async ({ ratio, size, edge }) => {
    vi.stubGlobal("devicePixelRatio", ratio);
    const host = createFakeHost();
    const fileUrl = vi.spyOn(host, "fileUrl");
    renderWithHost(<S3Image imgKey="team.jpg" size={size} version="e1" />, { host });
    await image();
    vi.unstubAllGlobals();
    const sizes = fileUrl.mock.calls.map(([, , , options]) => [options?.size, options?.version]);
    expect(new Set(sizes.map(String))).toEqual(new Set([`${edge},e1`]));
  });

  it("is drawn in strict mode, which takes elements away and gives them back", async () => {
    renderWithHost(
      <StrictMode>
        <S3Image imgKey="team.jpg" />
      </StrictMode>,
    );
    const picture = await image();
    await Promise.resolve();
    expect(picture.hasAttribute("src")).toBe(true);
  });

  it.each([
    { after: 50, fades: false },
    { after: 500, fades: true },
  ])("that comes after $after ms fades in: $fades", async ({ after, fades }) => {
    const begun = Date.now();
    const clock = vi.spyOn(Date, "now").mockReturnValue(begun);
    renderWithHost(<S3Image imgKey="team.jpg" />);
    const picture = await image();
    expect(picture.className).toContain("loading");
    clock.mockReturnValue(begun + after);
    fireEvent.load(picture);
    clock.mockRestore();
    expect(picture.className).not.toContain("loading");
    expect(picture.className.includes("waited")).toBe(fades);
  });

  it("case 93: tells onError why a picture can't be shown, and why one was not stored", async () => {
    const onError = vi.fn();
    const refused = { code: "accessDenied", message: "no", hint: "", retry: { kind: "never" }, detail: "" };
    vi.spyOn(globalThis, "fetch").mockResolvedValue(Response.json(refused, { status: 403 }));
    const view = renderWithHost(<S3Image imgKey="team.jpg" onError={onError} />);
    fireEvent.error(await image());
    await waitFor(() => expect(onError).toHaveBeenCalledExactlyOnceWith(refused));
    view.unmount();
    const host = { ...createFakeHost(), putBody: vi.fn().mockRejectedValue(refused) };
    renderWithHost(<S3Image imgKey="new.jpg" level="private" body="x" onError={onError} />, { host });
    await waitFor(() => expect(onError).toHaveBeenCalledTimes(2));
  });

  it("case 94: stores body under the key, then reads that key; its type is binary unless given", async () => {
    const host = createFakeHost();
    const put = vi.spyOn(host, "putBody");
    const [onUploadSuccess, uploaded] = [vi.fn(), vi.fn()];
    const addresses = asked(host);
    const body = new Uint8Array([1, 2, 3]);
    const props: S3ImageProps = { imgKey: "made.png", level: "private", body, onUploadSuccess, uploaded };
    const view = renderWithHost(<S3Image {...props} />, { host });
    await image();
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
    await image();
    expect([...host.world.contents.keys()]).toEqual(["public/me/shown.png"]);
  });

  it("case 95: hidden is fetched but not drawn; selected, style and theme are seen", async () => {
    renderWithHost(
      <>
        <S3Image imgKey="a.jpg" alt="hidden" hidden />
        <S3Image
          imgKey="b.jpg"
          alt="styled"
          theme={{ photo: { margin: 1, padding: 2 } }}
          style={{ margin: 3 }}
          selected
        />
      </>,
    );
    const hidden = await screen.findByAltText("hidden");
    expect(hidden.style.display).toBe("none");
    expect(hidden.getAttribute("src")).toBeTruthy();
    const { style, className } = screen.getByAltText("styled");
    expect([style.margin, style.padding]).toEqual(["3px", "2px"]);
    expect(className).toContain("selected");
  });

  it("case 96: translate replaces the address, or makes one of what it is told", async () => {
    const translate = vi.fn(({ key }: { key: string }) => `data:,${key}`);
    renderWithHost(
      <>
        <S3Image imgKey="a.jpg" alt="made" translate={translate} />
        <S3Image imgKey="b.jpg" alt="fixed" translate="data:,fixed" />
      </>,
    );
    expect((await screen.findByAltText("made")).getAttribute("src")).toBe("data:,a.jpg");
    expect(translate).toHaveBeenCalledWith({
      type: "image",
      key: "a.jpg",
      content: expect.stringMatching(/^data:image/) as string,
    });
    expect(screen.getByAltText("fixed").getAttribute("src")).toBe("data:,fixed");
  });

  it("case 97: reads anew when identityId changes, as with path, key and level", async () => {
    const host = createFakeHost();
    const addresses = asked(host);
    const tell = (props: S3ImageProps) => <S3Image level="protected" alt="it" {...props} />;
    const first = renderWithHost(tell({ imgKey: "a.jpg" }), { host });
    await image();
    first.unmount();
    const changing = renderWithHost(<Changing />, { host });
    for (const next of ["theirs", "other key", "private"]) {
      await changing.user.click(await screen.findByRole("button", { name: next }));
    }
    const seen = [...new Set(addresses())];
    expect(seen).toEqual([
      "picture protected  a.jpg",
      "picture protected us-east-1:other a.jpg",
      "picture protected us-east-1:other b.jpg",
      "picture private us-east-1:other b.jpg",
    ]);
  });

  it("is pressed by onClick, and by the Angular set's selected, which is told the address", async () => {
    const [onClick, selected] = [vi.fn(), vi.fn()];
    const { user } = renderWithHost(<S3Image imgKey="a.jpg" alt="it" onClick={onClick} selected={selected} />);
    const picture = await screen.findByAltText("it");
    await user.click(screen.getByRole("button", { name: "it" }));
    expect(onClick).toHaveBeenCalledOnce();
    expect(selected).toHaveBeenCalledExactlyOnceWith(picture.getAttribute("src"));
  });

  it("with a picker stores the picked file by fileToKey behind path, and shows it", async () => {
    const host = createFakeHost();
    const [onPick, picked, uploaded, onUploadSuccess] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
    const addresses = asked(host);
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

  it("shows a picked file in place of the old one under the same key", async () => {
    const host = createFakeHost();
    renderWithHost(<S3Image picker imgKey="fresh.png" level="private" alt="it" />, { host });
    const before = (await screen.findByAltText("it")).getAttribute("src");
    pick(new File(["new"], "any.png", { type: "image/png" }));
    await waitFor(() => expect(screen.getByAltText("it").getAttribute("src")).not.toBe(before));
    expect(screen.getByAltText("it").getAttribute("src")).toContain("data:image/png;base64,bmV3");
  });

  it("is tracked where it is told to be, and takes what is configured where a prop is left out", async () => {
    const host = createFakeHost();
    const addresses = asked(host);
    renderWithHost(
      <StorageDefaults level="private" track exactKeys>
        <S3Image imgKey="a.jpg" />
        <S3Image imgKey="b.jpg" track={false} level="public" />
        <S3Image picker path="" />
      </StorageDefaults>,
      { host },
    );
    await image();
    expect(addresses()).toContain("picture private  a.jpg");
    expect(addresses()).toContain("picture public  b.jpg");
    expect(new Set(host.world.tracked)).toEqual(new Set(["get a.jpg"]));
    pick(new File(["x"], "z z.png", { type: "image/png" }));
    await waitFor(() => expect(host.world.contents.has("private/me/z%20z.png")).toBe(true));
  });
});

describe("S3Text", () => {
  it("reads textKey, tells onLoad and shows it", async () => {
    const [onLoad, loaded] = [vi.fn(), vi.fn()];
    renderWithHost(<S3Text textKey="Read me first.txt" onLoad={onLoad} loaded={loaded} className="mine" />);
    expect((await screen.findByText(/Quay wall/)).className).toContain("mine");
    expect(onLoad).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/Quay wall/));
    expect(loaded).toHaveBeenCalledOnce();
  });

  it("case 94: stores body as text/* under the key, then reads that key", async () => {
    const host = createFakeHost();
    const uploaded = vi.fn();
    renderWithHost(<S3Text textKey="hello.txt" level="private" body="hello" uploaded={uploaded} text="wait" />, {
      host,
    });
    await screen.findByText("wait");
    await screen.findByText("hello");
    expect(uploaded).toHaveBeenCalledExactlyOnceWith({ key: "hello.txt" });
    expect(host.world.types.get("private/me/hello.txt")).toBe("text/*");
  });

  it("case 98: tells onError when it can't be read, and draws nothing", async () => {
    const refused = { code: "accessDenied", message: "no", hint: "", retry: { kind: "never" }, detail: "" };
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(refused, { status: 403 }));
    const onError = vi.fn();
    renderWithHost(<S3Text textKey="a.txt" onError={onError} />);
    await waitFor(() => expect(onError).toHaveBeenCalledExactlyOnceWith(refused));
    expect(document.querySelector("pre")).toBeNull();
  });

  it("is hidden, selected, styled, translated, pressed and tracked", async () => {
    const host = createFakeHost();
    const onClick = vi.fn();
    const { user } = renderWithHost(
      <>
        <S3Text textKey="a.txt" hidden track translate="hidden one" />
        <S3Text
          textKey="b.txt"
          selected
          onClick={onClick}
          theme={{ text: { margin: 1, padding: 2 } }}
          style={{ margin: 3 }}
          translate={({ type, key, content }) => `${type} ${key} ${content.length > 0}`}
        />
      </>,
      { host },
    );
    expect((await screen.findByText("hidden one")).style.display).toBe("none");
    const shown = await screen.findByText("text b.txt true");
    expect([shown.style.margin, shown.style.padding]).toEqual(["3px", "2px"]);
    expect(shown.className).toContain("selected");
    await user.click(shown);
    expect(onClick).toHaveBeenCalledOnce();
    expect(new Set(host.world.tracked)).toEqual(new Set(["get a.txt"]));
  });

  it("with a picker stores the picked text and shows it", async () => {
    const host = createFakeHost();
    const uploaded = vi.fn();
    renderWithHost(<S3Text picker path="notes/" level="private" uploaded={uploaded} />, { host });
    await screen.findByRole("button", { name: "Pick" });
    pick(new File(["picked words"], "my note.txt", { type: "text/plain" }));
    await screen.findByText("picked words");
    expect(uploaded).toHaveBeenCalledExactlyOnceWith({ key: "notes/my_note.txt" });
  });
});

/** One picture whose props change by buttons. */
function Changing() {
  const [props, setProps] = useState<S3ImageProps>({ level: "protected", imgKey: "a.jpg" });
  const change = (name: string, next: S3ImageProps) => (
    <button type="button" onClick={() => setProps({ ...props, ...next })}>
      {name}
    </button>
  );
  return (
    <>
      {change("theirs", { identityId: "us-east-1:other" })}
      {change("other key", { imgKey: "b.jpg" })}
      {change("private", { level: "private" })}
      <S3Image {...props} />
    </>
  );
}
