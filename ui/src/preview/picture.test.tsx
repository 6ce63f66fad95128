// The lightbox's picture: the copy for the screen, and the original once somebody looks that close.
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { createRef } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Row } from "../host";
import { createFakeHost } from "../host/fake";
import { renderWithHost } from "../test/render";
import { words } from "../words";
import { type Closer, Picture } from "./Picture";

const row = { key: "a.jpg", name: "a.jpg", etag: "e1", media: "image" } as Row;
/** What the web view would know: the copy's size, and the stage's. */
let natural = { width: 2560, height: 1920 };

const measured = (name: string, of: () => number) =>
  Object.defineProperty(name.startsWith("natural") ? HTMLImageElement.prototype : HTMLElement.prototype, name, {
    configurable: true,
    get: of,
  });

beforeEach(() => {
  natural = { width: 2560, height: 1920 };
  measured("naturalWidth", () => natural.width);
  measured("naturalHeight", () => natural.height);
  measured("clientWidth", () => 1280);
  measured("clientHeight", () => 960);
});

afterEach(() => {
  for (const name of ["clientWidth", "clientHeight"]) Reflect.deleteProperty(HTMLElement.prototype, name);
  for (const name of ["naturalWidth", "naturalHeight"]) Reflect.deleteProperty(HTMLImageElement.prototype, name);
  vi.unstubAllGlobals();
});

const at = (kind: string) => document.querySelector<HTMLImageElement>(`img[src^="data:,${kind}-"]`);

async function opened() {
  const host = createFakeHost();
  host.fileUrl = (kind, _, key, { version }) => `data:,${kind}-${key}-${version}`;
  const closer = createRef<Closer>();
  const space = { level: "public" as const, owner: null };
  const ignore = () => undefined;
  renderWithHost(<Picture row={row} space={space} closer={closer} onError={ignore} onShown={ignore} />, { host });
  await waitFor(() => expect(at("picture")).not.toBeNull());
  fireEvent.load(at("picture") as HTMLImageElement);
  return {
    closer: (times: number) => act(() => Array.from({ length: times }).forEach(() => closer.current?.nearer())),
  };
}

describe("the original of a picture", () => {
  it("is not asked for before somebody looks closer than the copy is sharp", async () => {
    const picture = await opened();
    expect(at("original")).toBeNull();
    // At 1.5 a pixel of the copy is still smaller than one of the screen.
    picture.closer(1);
    expect(at("original")).toBeNull();
    picture.closer(1);
    expect(at("original")).not.toBeNull();
    expect(screen.getByRole("status").textContent).toBe(words.preview.original.loading);
  });

  it("takes the place of the copy where it lies, and stays when somebody steps back", async () => {
    const picture = await opened();
    picture.closer(3);
    const original = at("original") as HTMLImageElement;
    const pose = original.parentElement?.style.transform;
    expect(original.dataset.there).toBeUndefined();
    fireEvent.load(original);
    expect(original.dataset.there).toBe("true");
    expect(at("picture")).not.toBeNull();
    expect(original.parentElement?.style.transform).toBe(pose);
    expect(screen.getByRole("status").textContent).toBe("");
    fireEvent.doubleClick(original);
    expect(at("original")).toBe(original);
  });

  it("is never asked for of a picture that the copy shows in full", async () => {
    natural = { width: 1600, height: 1200 };
    const picture = await opened();
    picture.closer(6);
    expect(at("original")).toBeNull();
  });

  /** What is known of the original when it gave nothing. */
  function known(code: string) {
    const failure = { code, message: "No.", hint: "", retry: { kind: "never" }, detail: null };
    const fetch = vi.fn(async (_url: string) => new Response(JSON.stringify(failure), { status: 415 }));
    vi.stubGlobal("fetch", fetch);
    return () => fetch.mock.calls.map(([url]) => url);
  }

  it.each([
    ["tooLarge", words.preview.original.tooLarge],
    ["notAPicture", words.preview.original.failed],
  ])(
    "that there is none of (%s) leaves the copy and says so in a line, and is not fetched to hear why",
    async (code, said) => {
      const asked = known(code);
      const picture = await opened();
      picture.closer(3);
      fireEvent.error(at("original") as HTMLImageElement);
      await waitFor(() => expect(screen.getByRole("status").textContent).toBe(said));
      expect(at("original")).toBeNull();
      expect(at("picture")).not.toBeNull();
      expect(asked()).toEqual(["data:,refusal-a.jpg-e1"]);
    },
  );

  it("that did not come, and nobody knows why, is asked for once more", async () => {
    known("notFound");
    const picture = await opened();
    picture.closer(3);
    const first = at("original") as HTMLImageElement;
    fireEvent.error(first);
    await waitFor(() => expect(at("original")).not.toBe(first));
    expect(screen.getByRole("status").textContent).toBe(words.preview.original.loading);
    fireEvent.error(at("original") as HTMLImageElement);
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe(words.preview.original.failed));
    expect(at("original")).toBeNull();
  });
});
