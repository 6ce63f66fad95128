import { expect, it, vi } from "vitest";
import type { PlaceRef } from "../host";
import { rememberedView, rememberView } from "./view";

const place = (folder: string): PlaceRef => ({ space: { level: "private", owner: null }, folder });

it("remembers a view for one folder of one storage", () => {
  rememberView("team", place("Summer 2026/"), "album");
  expect(rememberedView("team", place("Summer 2026/"))).toBe("album");
  expect(rememberedView("team", place("")), "another folder").toBe("list");
  expect(rememberedView("other", place("Summer 2026/")), "another storage").toBe("list");
});

it("leaves no folder name behind on the computer", () => {
  rememberView("team", place("Secret project/"), "grid");
  expect(JSON.stringify(localStorage)).not.toContain("Secret");
});

it("shows the list when the memory holds nonsense or is forbidden", () => {
  localStorage.setItem("amphora.views", "[1, 2");
  expect(rememberedView("team", place(""))).toBe("list");
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  expect(() => rememberView("team", place(""), "grid")).not.toThrow();
});
