// The selection as a value behaves like a plain list of ticked boxes, whatever is done to it.
import { describe, expect, it } from "vitest";
import {
  countMarked,
  type Cursor,
  emptySelection,
  isMarked,
  only,
  type SelectionAction,
  selectionReducer,
  type SelectionState,
} from "./selection";

const ROWS = 12;
const row = (index: number): Cursor => ({ id: index + 100, key: `row ${index}`, index });
const range = (a: number, b: number) =>
  Array.from({ length: Math.abs(a - b) + 1 }, (_, step) => Math.min(a, b) + step + 100);

/** The same operations on an array of booleans. */
class Ticks {
  ticked = Array<boolean>(ROWS).fill(false);
  anchor: number | null = null;

  apply(action: SelectionAction): void {
    switch (action.kind) {
      case "only":
        this.ticked.fill(false);
        this.ticked[action.row.index] = true;
        this.anchor = action.row.index;
        break;
      case "toggle":
        this.ticked[action.row.index] = !this.ticked[action.row.index];
        this.anchor = action.row.index;
        break;
      case "range": {
        const from = this.anchor ?? action.to.index;
        if (!action.keep) this.ticked.fill(false);
        for (const id of range(from, action.to.index)) this.ticked[id - 100] = true;
        this.anchor = from;
        break;
      }
      case "focus":
        this.anchor = action.row.index;
        break;
      case "all":
        this.ticked.fill(true);
        break;
      case "clear":
        this.ticked.fill(false);
        break;
    }
  }
}

/** xorshift: the same sequence in every run, so that a failure can be looked at. */
function randomness(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function randomAction(random: (below: number) => number, state: SelectionState): SelectionAction {
  const to = row(random(ROWS));
  switch (random(7)) {
    case 0:
      return { kind: "only", row: to };
    case 1:
      return { kind: "toggle", row: to };
    case 2:
    case 3: {
      const ids = range(state.anchor?.index ?? to.index, to.index);
      // The same range may be written from either side.
      const complement = range(0, ROWS - 1).filter((id) => !ids.includes(id));
      const rows = random(2) ? only(ids) : ({ kind: "allExcept", ids: new Set(complement) } as const);
      return { kind: "range", rows, to, keep: random(2) === 0 };
    }
    case 4:
      return { kind: "focus", row: to };
    case 5:
      return { kind: "all" };
    default:
      return { kind: "clear" };
  }
}

describe("a selection", () => {
  it("holds what a list of ticked boxes holds after any sequence of operations", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = randomness(seed * 2_654_435_761);
      const ticks = new Ticks();
      let state = emptySelection;
      for (let step = 0; step < 40; step++) {
        const action = randomAction(random, state);
        // Clearing starts ranges anew from the focus, which the plain model does not know.
        ticks.apply(action);
        state = selectionReducer(state, action);
        if (action.kind === "clear") ticks.anchor = state.anchor?.index ?? null;
        const marked = ticks.ticked.map((_, index) => isMarked(state.marked, index + 100));
        expect(marked, `seed ${seed}, step ${step}, ${action.kind}`).toEqual(ticks.ticked);
        expect(countMarked(state.marked, ROWS)).toBe(ticks.ticked.filter(Boolean).length);
      }
    }
  });

  it("of a million rows stays small to write down", () => {
    let state = selectionReducer(emptySelection, { kind: "all" });
    state = selectionReducer(state, { kind: "toggle", row: row(3) });
    expect(state.marked).toEqual({ kind: "allExcept", ids: new Set([103]) });
    expect(countMarked(state.marked, 1_000_000)).toBe(999_999);
  });

  it("extends from where it began, not from where it last ended", () => {
    let state = selectionReducer(emptySelection, { kind: "only", row: row(5) });
    state = selectionReducer(state, { kind: "range", rows: only(range(5, 8)), to: row(8), keep: false });
    state = selectionReducer(state, { kind: "range", rows: only(range(5, 3)), to: row(3), keep: false });
    expect(state.anchor).toEqual(row(5));
    expect([...state.marked.ids].toSorted()).toEqual([103, 104, 105]);
  });

  it("takes a day in and out, also where all else is selected", () => {
    const day = [101, 102];
    let state = selectionReducer(emptySelection, { kind: "group", ids: day, marked: true });
    expect(state.marked).toEqual(only(day));
    state = selectionReducer(state, { kind: "group", ids: day, marked: false });
    expect(state.marked).toEqual(only([]));
    state = selectionReducer(selectionReducer(state, { kind: "all" }), { kind: "group", ids: day, marked: false });
    expect(state.marked).toEqual({ kind: "allExcept", ids: new Set(day) });
    state = selectionReducer(state, { kind: "group", ids: day, marked: true });
    expect(state.marked).toEqual({ kind: "allExcept", ids: new Set() });
  });

  it("forgets rows that are gone", () => {
    let state = selectionReducer(emptySelection, { kind: "only", row: row(1) });
    state = selectionReducer(state, { kind: "toggle", row: row(2) });
    state = selectionReducer(state, { kind: "forget", ids: [101] });
    expect(state.marked).toEqual(only([102]));
  });

  it("keeps its rows while their places change", () => {
    const state = selectionReducer(emptySelection, { kind: "only", row: row(1) });
    const moved = selectionReducer(state, { kind: "moved", focus: { ...row(1), index: 9 }, anchor: null });
    expect(moved.marked).toEqual(only([101]));
    expect(moved.focus?.index).toBe(9);
  });
});
