// S3Image as its users know it, by the numbers of the original's conformance cases.
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { StrictMode, useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { addressesOf, shownImage } from "../test/item";
import { pick } from "../test/pick";
import { renderWithHost } from "../test/render";
import { S3Image, type S3ImageProps, StorageDefaults } from ".";

describe("S3Image", () => {
  it("case 91: reads imgKey of the public level", async () => {
    const host = createFakeHost();
    const addresses = addressesOf(host);
    renderWithHost(<S3Image imgKey="team.jpg" alt="The team" className="mine" />, { host });
    expect((await screen.findByAltText("The team")).className).toContain("mine");
    expect(new Set(addresses())).toEqual(new Set(["picture public  team.jpg"]));
  });

  it("reads path as a key where it stands alone, of the given level and person, and draws nothing without either", async () => {
    const host = createFakeHost();
    const addresses = addressesOf(host);
    const { container } = renderWithHost(
      <>
        <S3Image path="Summer 2026/dawn.jpg" level="protected" identityId="us-east-1:other" size={100} version="e1" />
        <S3Image />
      </>,
      { host },
    );
    await shownImage();
    expect(new Set(addresses())).toEqual(new Set(["thumb protected us-east-1:other Summer 2026/dawn.jpg"]));
    expect(container.querySelectorAll("img")).toHaveLength(1);
  });

  it("case 92: tells onLoad only of the real picture, not of what stands in for it", async () => {
    const [onLoad, loaded] = [vi.fn(), vi.fn()];
    const placeholder = "data:image/gif;base64,R0lGODlh";
    const host = createFakeHost();
    const view = renderWithHost(<S3Image src={placeholder} onLoad={onLoad} loaded={loaded} />, { host });
    const stand = await shownImage();
    expect(stand.src).toBe(placeholder);
    fireEvent.load(stand);
    expect(onLoad).not.toHaveBeenCalled();
    view.unmount();
    renderWithHost(<S3Image src={placeholder} imgKey="team.jpg" onLoad={onLoad} loaded={loaded} />, { host });
    const real = await shownImage();
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
    await shownImage();
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
    const picture = await shownImage();
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
    const picture = await shownImage();
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
    fireEvent.error(await shownImage());
    await waitFor(() => expect(onError).toHaveBeenCalledExactlyOnceWith(refused));
    view.unmount();
    const host = { ...createFakeHost(), putBody: vi.fn().mockRejectedValue(refused) };
    renderWithHost(<S3Image imgKey="new.jpg" level="private" body="x" onError={onError} />, { host });
    await waitFor(() => expect(onError).toHaveBeenCalledTimes(2));
    expect(onError).toHaveBeenLastCalledWith(refused);
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
    const addresses = addressesOf(host);
    const changing = renderWithHost(<Changing level="protected" imgKey="a.jpg" />, { host });
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

  it("is no button while it is hidden", async () => {
    renderWithHost(<S3Image imgKey="a.jpg" alt="it" hidden onClick={() => undefined} />);
    await shownImage();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("is tracked where it is told to be, and takes what is configured where a prop is left out", async () => {
    const host = createFakeHost();
    const addresses = addressesOf(host);
    renderWithHost(
      <StorageDefaults level="private" track exactKeys>
        <S3Image imgKey="a.jpg" />
        <S3Image imgKey="b.jpg" track={false} level="public" />
        <S3Image picker path="" />
      </StorageDefaults>,
      { host },
    );
    await shownImage();
    expect(addresses()).toContain("picture private  a.jpg");
    expect(addresses()).toContain("picture public  b.jpg");
    expect(new Set(host.world.tracked)).toEqual(new Set(["get a.jpg"]));
    pick(new File(["x"], "z z.png", { type: "image/png" }));
    await waitFor(() => expect(host.world.contents.has("private/me/z%20z.png")).toBe(true));
  });

  it("takes what is configured further out where the nearest leaves it out", async () => {
    const host = createFakeHost();
    const addresses = addressesOf(host);
    renderWithHost(
      <StorageDefaults level="private" track translate="data:,configured" theme={{ photo: { margin: 1 } }}>
        <StorageDefaults level="protected">
          <S3Image imgKey="a.jpg" alt="plain" />
          <S3Image imgKey="b.jpg" alt="own" translate="data:,own" theme={{ photo: { margin: 2 } }} />
        </StorageDefaults>
      </StorageDefaults>,
      { host },
    );
    const plain = await screen.findByAltText("plain");
    expect([plain.getAttribute("src"), plain.style.margin]).toEqual(["data:,configured", "1px"]);
    const own = screen.getByAltText("own");
    expect([own.getAttribute("src"), own.style.margin]).toEqual(["data:,own", "2px"]);
    expect(new Set(addresses())).toEqual(new Set(["picture protected  a.jpg", "picture protected  b.jpg"]));
    expect(new Set(host.world.tracked)).toEqual(new Set(["get a.jpg", "get b.jpg"]));
  });
});

/** One picture whose props change by buttons. */
function Changing(start: S3ImageProps) {
  const [props, setProps] = useState(start);
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
