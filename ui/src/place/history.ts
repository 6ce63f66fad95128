// Back and forward over places: a pure reducer. Going somewhere forgets what was ahead.
import type { PlaceRef } from "../host";
import { samePlace } from "./place";

export type History = { back: PlaceRef[]; here: PlaceRef; ahead: PlaceRef[] };

export type HistoryAction =
  | { kind: "go"; place: PlaceRef }
  | { kind: "back" }
  | { kind: "forward" }
  | { kind: "reset"; place: PlaceRef };

/** More is never walked back, and memory stays small. */
const LONGEST = 200;

export function startHistory(here: PlaceRef): History {
  return { back: [], here, ahead: [] };
}

export function historyReducer(history: History, action: HistoryAction): History {
  const { back, here, ahead } = history;
  switch (action.kind) {
    case "go":
      if (samePlace(here, action.place)) return history;
      return { back: [...back, here].slice(-LONGEST), here: action.place, ahead: [] };
    case "back": {
      const last = back.at(-1);
      return last ? { back: back.slice(0, -1), here: last, ahead: [here, ...ahead] } : history;
    }
    case "forward": {
      const [next, ...rest] = ahead;
      return next ? { back: [...back, here], here: next, ahead: rest } : history;
    }
    case "reset":
      return startHistory(action.place);
  }
}
