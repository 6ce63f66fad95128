// Back and forward over places and the page of all albums: a pure reducer. Going somewhere forgets what was ahead.
import type { PlaceRef } from "../host";
import { samePlace } from "./place";

/** What the window shows: the folder of the place, or all albums. */
export type Page = "folder" | "albums";

/** Under the page of all albums the place stays the one that was left for it. */
export type Stop = { page: Page; place: PlaceRef };

export type History = { back: Stop[]; here: Stop; ahead: Stop[] };

export type HistoryAction =
  | { kind: "go"; place: PlaceRef }
  | { kind: "albums" }
  | { kind: "back" }
  | { kind: "forward" }
  /** To how it was, as though nobody had walked on. */
  | { kind: "return"; to: History }
  | { kind: "reset"; place: PlaceRef };

/** More is never walked back, and memory stays small. */
const LONGEST = 200;

export function startHistory(place: PlaceRef): History {
  return { back: [], here: { page: "folder", place }, ahead: [] };
}

export function historyReducer(history: History, action: HistoryAction): History {
  const { back, here, ahead } = history;
  switch (action.kind) {
    case "go":
      if (here.page === "folder" && samePlace(here.place, action.place)) return history;
      return walkOn(history, { page: "folder", place: action.place });
    case "albums":
      if (here.page === "albums") return history;
      return walkOn(history, { page: "albums", place: here.place });
    case "back": {
      const last = back.at(-1);
      return last ? { back: back.slice(0, -1), here: last, ahead: [here, ...ahead] } : history;
    }
    case "forward": {
      const [next, ...rest] = ahead;
      return next ? { back: [...back, here], here: next, ahead: rest } : history;
    }
    case "return":
      // A history that began anew since then has nothing to do with it.
      return [...back, here, ...ahead].includes(action.to.here) ? action.to : history;
    case "reset":
      return startHistory(action.place);
  }
}

function walkOn({ back, here }: History, to: Stop): History {
  return { back: [...back, here].slice(-LONGEST), here: to, ahead: [] };
}
