import { expect, it } from "vitest";
import type { PlaceRef } from "../host";
import { type History, type HistoryAction, historyReducer, startHistory, type Stop } from "./history";

const placeAt = (folder: string): PlaceRef => ({ space: { level: "private", owner: null }, folder });
const at = (folder: string): Stop => ({ page: "folder", place: placeAt(folder) });
const go = (folder: string): HistoryAction => ({ kind: "go", place: placeAt(folder) });
const albums: HistoryAction = { kind: "albums" };
const back: HistoryAction = { kind: "back" };
const forward: HistoryAction = { kind: "forward" };

function walk(...actions: HistoryAction[]): History {
  return actions.reduce(historyReducer, startHistory(placeAt("")));
}

it("goes back and forward over the same places", () => {
  expect(walk(go("a/"), go("a/b/"), back).here).toEqual(at("a/"));
  expect(walk(go("a/"), go("a/b/"), back, back, forward, forward).here).toEqual(at("a/b/"));
});

it("goes over the page of all albums as over a place, and leaves the place under it", () => {
  const over: Stop = { page: "albums", place: placeAt("a/") };
  expect(walk(go("a/"), albums, albums)).toEqual({ back: [at(""), at("a/")], here: over, ahead: [] });
  expect(walk(go("a/"), albums, go("a/")).here, "the same place is somewhere else now").toEqual(at("a/"));
  expect(walk(go("a/"), albums, go("b/"), back).here).toEqual(over);
  expect(walk(go("a/"), albums, back).here).toEqual(at("a/"));
});

it("stays where it is at either end", () => {
  expect(walk(back).here).toEqual(at(""));
  expect(walk(go("a/"), forward).here).toEqual(at("a/"));
});

it("forgets what was ahead when going somewhere new", () => {
  const history = walk(go("a/"), back, go("c/"));
  expect([history.here, history.ahead]).toEqual([at("c/"), []]);
});

it("returns to how it was, unless it began anew meanwhile", () => {
  const before = walk(go("a/"), go("b/"), back);
  const on = [go("a/c/"), go("a/c/d/"), back].reduce(historyReducer, before);
  expect(historyReducer(on, { kind: "return", to: before })).toBe(before);
  const walkedBack = [go("a/c/"), back, back].reduce(historyReducer, before);
  expect(walkedBack.here).toEqual(at(""));
  expect(historyReducer(walkedBack, { kind: "return", to: before })).toBe(before);
  const anew = historyReducer(on, { kind: "reset", place: placeAt("x/") });
  expect(historyReducer(anew, { kind: "return", to: before })).toBe(anew);
});

it("does not remember opening the place that is open", () => {
  expect(walk(go("a/"), go("a/")).back).toEqual([at("")]);
});

it("forgets everything for another identity", () => {
  expect(walk(go("a/"), go("b/"), { kind: "reset", place: placeAt("") })).toEqual(startHistory(placeAt("")));
});

it("keeps at most two hundred places", () => {
  expect(walk(...Array.from({ length: 500 }, (_, index) => go(`${index}/`))).back).toHaveLength(200);
});
