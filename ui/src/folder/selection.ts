// Which rows are selected, as a value: these, or all but these. A pure reducer; knows no keyboard, no mouse, no rows beyond their ids.

/** A set of rows that stays small to write down even for a million rows. */
export type Marked = { kind: "only" | "allExcept"; ids: ReadonlySet<number> };

/** A row that the keyboard stands on. The key finds it again when the listing changes. */
export type Cursor = { id: number; key: string; index: number };

export type SelectionState = {
  marked: Marked;
  /** Where the keyboard is. */
  focus: Cursor | null;
  /** Where a range starts. */
  anchor: Cursor | null;
};

export type SelectionAction =
  /** A click or an arrow: this row and no other. */
  | { kind: "only"; row: Cursor }
  /** Ctrl-click: this row too, or no longer. */
  | { kind: "toggle"; row: Cursor }
  /** Shift: all rows from the anchor to `to`; with `keep`, besides what is selected already. */
  | { kind: "range"; rows: Marked; to: Cursor; keep: boolean }
  /** A day of an album: all of these, or none. */
  | { kind: "group"; ids: readonly number[]; marked: boolean }
  /** Moves the keyboard, selects nothing. */
  | { kind: "focus"; row: Cursor }
  | { kind: "all" }
  | { kind: "clear" }
  /** These rows are gone from the listing. */
  | { kind: "forget"; ids: readonly number[] }
  /** These are on their way elsewhere. */
  | { kind: "leave"; rows: Marked }
  /** What was selected when the folder was left. */
  | { kind: "restore"; state: SelectionState }
  /** The listing changed: the same rows stand elsewhere now, or nowhere. */
  | { kind: "moved"; focus: Cursor | null; anchor: Cursor | null };

export const nothing: Marked = { kind: "only", ids: new Set() };

export const emptySelection: SelectionState = { marked: nothing, focus: null, anchor: null };

export function selectionReducer(state: SelectionState, action: SelectionAction): SelectionState {
  switch (action.kind) {
    case "only":
      return { marked: only([action.row.id]), focus: action.row, anchor: action.row };
    case "toggle":
      return { marked: toggled(state.marked, action.row.id), focus: action.row, anchor: action.row };
    case "range":
      return {
        marked: action.keep ? union(state.marked, action.rows) : action.rows,
        focus: action.to,
        anchor: state.anchor ?? action.to,
      };
    case "group": {
      const { ids, marked } = action;
      return { ...state, marked: marked ? union(state.marked, only(ids)) : unmarked(state.marked, ids) };
    }
    case "focus":
      return { ...state, focus: action.row, anchor: action.row };
    case "all":
      return { ...state, marked: { kind: "allExcept", ids: new Set() } };
    case "clear":
      return { ...state, marked: nothing, anchor: state.focus };
    case "forget":
      return { ...state, marked: without(state.marked, action.ids) };
    case "leave":
      return { ...state, marked: minus(state.marked, action.rows) };
    case "restore":
      return action.state;
    case "moved":
      return { ...state, focus: action.focus, anchor: action.anchor };
  }
}

export function only(ids: Iterable<number>): Marked {
  return { kind: "only", ids: new Set(ids) };
}

export function isMarked(marked: Marked, id: number): boolean {
  return marked.ids.has(id) === (marked.kind === "only");
}

/** How many of `total` rows are selected. */
export function countMarked(marked: Marked, total: number): number {
  return marked.kind === "only" ? Math.min(marked.ids.size, total) : Math.max(0, total - marked.ids.size);
}

export function union(a: Marked, b: Marked): Marked {
  if (a.kind === "only" && b.kind === "only") return only([...a.ids, ...b.ids]);
  if (a.kind === "only") return { kind: "allExcept", ids: difference(b.ids, a.ids) };
  if (b.kind === "only") return { kind: "allExcept", ids: difference(a.ids, b.ids) };
  return { kind: "allExcept", ids: new Set([...a.ids].filter((id) => b.ids.has(id))) };
}

/** What is in `a` and not in `b`. */
function minus(a: Marked, b: Marked): Marked {
  return others(union(others(a), b));
}

/** All rows that are not in it. */
function others({ kind, ids }: Marked): Marked {
  return { kind: kind === "only" ? "allExcept" : "only", ids };
}

function toggled({ kind, ids }: Marked, id: number): Marked {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { kind, ids: next };
}

function unmarked({ kind, ids }: Marked, rows: readonly number[]): Marked {
  return { kind, ids: kind === "only" ? difference(ids, new Set(rows)) : new Set([...ids, ...rows]) };
}

/** These rows are no more: neither selected nor excepted. */
function without({ kind, ids }: Marked, gone: readonly number[]): Marked {
  return { kind, ids: difference(ids, new Set(gone)) };
}

function difference(ids: ReadonlySet<number>, taken: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...ids].filter((id) => !taken.has(id)));
}
