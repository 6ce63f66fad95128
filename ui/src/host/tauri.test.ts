import { afterEach, describe, expect, it, vi } from "vitest";
import { events } from "../bindings";
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

function mockMail() {
  const unlisten = vi.fn();
  let callback: Callback | null = null;
  vi.spyOn(events.mailArrived, "listen").mockImplementation(async (given) => {
    callback = given;
    return unlisten;
  });
  return { unlisten, emit: () => callback?.(news) };
}
