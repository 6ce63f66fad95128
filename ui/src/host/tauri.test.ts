import { afterEach, describe, expect, it, vi } from "vitest";
import { commands, events, type PutTo } from "../bindings";
import { createTauriHost } from "./tauri";

type Callback = Parameters<typeof events.mailArrived.listen>[0];

const letter = { id: 1, to: "maria@example.com", subject: "Your code", code: "246810", at: 0 };
const news = { event: "mail-arrived", id: 1, payload: letter };

afterEach(() => {
  vi.restoreAllMocks();
});

describe("listening to Rust", () => {
  it("hands on the payload until it is stopped", async () => {
    const { emit, unlisten } = mockMail();
    const heard = vi.fn();
    const stop = createTauriHost().listen("mailArrived", heard);
    await Promise.resolve();
    emit();
    expect(heard).toHaveBeenCalledExactlyOnceWith(letter);
    stop();
    expect(unlisten).toHaveBeenCalledOnce();
  });

  it("lets go also when it is stopped before Tauri answered", async () => {
    const { emit, unlisten } = mockMail();
    const heard = vi.fn();
    createTauriHost().listen("mailArrived", heard)();
    await vi.waitFor(() => expect(unlisten).toHaveBeenCalledOnce());
    emit();
    expect(heard, "the view has gone").not.toHaveBeenCalled();
  });
});

describe("putting a picked file", () => {
  it("names it and what was picked with it by their grants, and has no path to name", async () => {
    const put = vi.spyOn(commands, "putPicked").mockResolvedValue({ kind: "queued", transfer: 1 });
    const pickedAs = (grant: string) => ({ grant, name: "a.jpg", size: 1, type: "", blob: async () => new Blob() });
    const to: PutTo = {
      space: { level: "public", owner: null },
      key: "a.jpg",
      contentType: null,
      consent: "ask",
      replace: false,
      photos: null,
      ownKey: false,
    };
    await createTauriHost().putFile(pickedAs("one"), to, [pickedAs("one"), pickedAs("two")]);
    expect(put).toHaveBeenCalledExactlyOnceWith("one", to, ["one", "two"]);
  });
});

function mockMail() {
  const unlisten = vi.fn();
  let callback: Callback | null = null;
  vi.spyOn(events.mailArrived, "listen").mockImplementation(async (given) => {
    callback = given;
    return unlisten;
  });
  return { unlisten, emit: () => callback?.(news) };
}
