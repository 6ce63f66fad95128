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

describe("a picture that is looked at closely", () => {
  /** The stage stands in the page from here on. */
  const corner = { x: 100, y: 50 };
  const middle = { clientX: corner.x + 640, clientY: corner.y + 480 };

  beforeEach(() => {
    const box = new DOMRect(corner.x, corner.y, 1280, 960);
    vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(box);
  });

  afterEach(() => void vi.restoreAllMocks());

  async function onStage() {
    await opened();
    const posed = at("picture")?.parentElement as HTMLElement;
    return { stage: posed.parentElement as HTMLElement, pose: () => posed.style.transform };
  }

  /** By twice as near for each turn. */
  const turn = (stage: HTMLElement, turns: number, where: { clientX: number; clientY: number } = middle) =>
    fireEvent.wheel(stage, { deltaY: -400 * turns, ...where });

  /** jsdom has no PointerEvent; a mouse event of that name has all that is looked at. */
  const pointer = (stage: HTMLElement, type: string, init: MouseEventInit = {}) =>
    fireEvent(stage, new MouseEvent(type, { bubbles: true, cancelable: true, ...init }));

  const drag = (stage: HTMLElement, by: { x: number; y: number }, button = 0) => {
    pointer(stage, "pointerdown", { button, ...middle });
    // In two steps, as a pointer comes along.
    for (const share of [0.5, 1]) {
      const [clientX, clientY] = [middle.clientX + by.x * share, middle.clientY + by.y * share];
      pointer(stage, "pointermove", { clientX, clientY });
    }
  };

  it("comes nearer by the wheel where the pointer is, and goes back; the page does not scroll", async () => {
    const { stage, pose } = await onStage();
    expect(pose()).toBe("translate(0px, 0px) scale(1)");
    const scrolls = turn(stage, 1, { clientX: middle.clientX + 200, clientY: middle.clientY - 100 });
    expect(scrolls, "the page stays where it is").toBe(false);
    expect(pose(), "what is under the pointer stays there").toBe("translate(-200px, 100px) scale(2)");
    turn(stage, 1);
    expect(pose(), "turn by turn").toContain("scale(4)");
    turn(stage, -2);
    expect(pose()).toBe("translate(0px, 0px) scale(1)");
  });

  it("comes no nearer than eight times, and goes no further away than all of it", async () => {
    const { stage, pose } = await onStage();
    turn(stage, 20);
    expect(pose()).toContain("scale(8)");
    turn(stage, -40);
    expect(pose()).toBe("translate(0px, 0px) scale(1)");
  });

  it("is pushed by dragging, no further than its edge, until the button is let go", async () => {
    const { stage, pose } = await onStage();
    turn(stage, 1);
    drag(stage, { x: 30, y: -20 });
    expect(pose()).toBe("translate(30px, -20px) scale(2)");
    pointer(stage, "pointerup");
    pointer(stage, "pointermove", { clientX: 0, clientY: 0 });
    expect(pose(), "nothing is held").toBe("translate(30px, -20px) scale(2)");
    drag(stage, { x: -5_000, y: 5_000 });
    expect(pose()).toBe("translate(-640px, 480px) scale(2)");
  });

  it("is let go when the system takes the pointer away", async () => {
    const { stage, pose } = await onStage();
    turn(stage, 1);
    drag(stage, { x: 30, y: -20 });
    pointer(stage, "pointercancel");
    pointer(stage, "pointermove", { clientX: 0, clientY: 0 });
    expect(pose()).toBe("translate(30px, -20px) scale(2)");
  });

  it("is not pushed while all of it is seen, nor by another button", async () => {
    const { stage, pose } = await onStage();
    drag(stage, { x: 30, y: -20 });
    expect(pose()).toBe("translate(0px, 0px) scale(1)");
    turn(stage, 1);
    drag(stage, { x: 30, y: -20 }, 2);
    expect(pose()).toBe("translate(0px, 0px) scale(2)");
  });

  it("comes nearer where it is pressed twice, and another double press shows all of it", async () => {
    const { stage, pose } = await onStage();
    fireEvent.doubleClick(stage, { clientX: middle.clientX + 100, clientY: middle.clientY });
    expect(pose()).toBe("translate(-150px, 0px) scale(2.5)");
    fireEvent.doubleClick(stage, middle);
    expect(pose()).toBe("translate(0px, 0px) scale(1)");
  });
});
