// Which transfers of a tab are selected, and where the keyboard is. Rows come and go by themselves: what is gone is no longer selected.
import { useCallback, useMemo, useRef, useState } from "react";
import {
  countMarked,
  type Cursor,
  emptySelection,
  isMarked,
  type Marked,
  only,
  type SelectionAction,
  selectionReducer,
  useLatest,
} from "../folder";
import { type TransferChoice, type TransferRow, useHost } from "../host";
import { type DrawerTab, rowsBetween, type TransferWindow } from "./useTransferRows";

/** Rows looked at behind a selection for the next one that is not in it. */
const NEAR = 100;
/** Rows asked for at once when all but a few are meant. */
const STEP = 1_000;

export type TransferSelection = {
  count: number;
  isSelected: (id: number) => boolean;
  /** Where the keyboard is, if its row is still there. */
  focus: Cursor | null;
  choose: (row: TransferRow, index: number, how: { toggle: boolean; range: boolean }) => void;
  /** The keyboard goes elsewhere: `step` is told where it is (-1: nowhere). */
  move: (step: (from: number, last: number) => number, how: { range: boolean; keep: boolean }) => Promise<void>;
  all: () => void;
  clear: () => void;
  /** Rows that were drawn. */
  know: (window: TransferWindow) => void;
  /** The selected rows that have been drawn. */
  rows: TransferRow[];
  /** All rows of the tab are meant. */
  whole: boolean;
  /** The row next to those selected around the keyboard, before or behind them; null: they are at the end, or it isn't on one. */
  neighbour: (way: "before" | "behind") => Promise<TransferRow | null>;
  /** As commands take it. */
  choices: () => Promise<TransferChoice[]>;
};

type Query = { tab: DrawerTab; lead: number; total: number };

export function useTransferSelection({ tab, lead, total }: Query): TransferSelection {
  const host = useHost();
  // Another tab is another list: the selection is that of the tab it was made in.
  const [stored, setStored] = useState({ tab, state: emptySelection });
  const [known, setKnown] = useState<ReadonlyMap<number, TransferRow>>(new Map());
  // Keys come faster than React draws: what counts is the state after the last action, not the last one drawn.
  const now = useRef(stored);
  const latest = useLatest({ tab, lead, total });
  const current = useCallback(
    () => (now.current.tab === latest.current.tab ? now.current.state : emptySelection),
    [latest],
  );
  const dispatch = useCallback(
    (action: SelectionAction) => {
      now.current = { tab: latest.current.tab, state: selectionReducer(current(), action) };
      setStored(now.current);
    },
    [current, latest],
  );
  const read = useCallback(
    (first: number, end: number) => {
      const { tab: of, lead: top } = latest.current;
      return rowsBetween(host, of, top, first, end);
    },
    [host, latest],
  );
  const remember = useCallback(
    (rows: readonly TransferRow[]) => {
      const { marked } = current();
      setKnown((before) => {
        const kept = [...before.values()].filter(({ id }) => marked.kind === "only" && marked.ids.has(id));
        return new Map([...kept, ...rows].map((row) => [row.id, row]));
      });
    },
    [current],
  );
  const extend = useCallback(
    async (to: Cursor, keep: boolean) => {
      const from = current().anchor ?? to;
      const rows = await read(Math.min(from.index, to.index), Math.max(from.index, to.index) + 1);
      dispatch({ kind: "range", rows: only(rows.map(({ id }) => id)), to, keep });
      remember(rows);
    },
    [current, dispatch, read, remember],
  );

  const know = useCallback(
    ({ start, rows }: TransferWindow) => {
      remember(rows);
      const { focus, anchor, marked } = current();
      const moved = follow(focus, start, rows);
      const movedAnchor = follow(anchor, start, rows);
      if (moved?.id !== focus?.id || moved?.index !== focus?.index || movedAnchor?.index !== anchor?.index) {
        dispatch({ kind: "moved", focus: moved, anchor: movedAnchor });
      }
      // Only where all rows are known is one that is not among them gone.
      if (start > 0 || rows.length < latest.current.total) return;
      const here = new Set(rows.map(({ id }) => id));
      const gone = [...marked.ids].filter((id) => !here.has(id));
      if (gone.length > 0) dispatch({ kind: "forget", ids: gone });
    },
    [current, dispatch, latest, remember],
  );

  const state = stored.tab === tab ? stored.state : emptySelection;
  const { marked, focus } = state;
  return useMemo<TransferSelection>(
    () => ({
      count: countMarked(marked, total),
      isSelected: (id) => isMarked(marked, id),
      focus,
      know,
      choose: (row, index, { toggle, range }) => {
        const cursor = { id: row.id, key: String(row.id), index };
        if (range) void extend(cursor, toggle);
        else dispatch({ kind: toggle ? "toggle" : "only", row: cursor });
      },
      move: async (step, how) => {
        const last = latest.current.total - 1;
        const index = Math.max(0, Math.min(last, step(current().focus?.index ?? -1, last)));
        const [row] = await read(index, index + 1);
        if (!row) return;
        const to = { id: row.id, key: String(row.id), index };
        if (how.range) await extend(to, how.keep);
        else dispatch({ kind: how.keep ? "focus" : "only", row: to });
      },
      all: () => dispatch({ kind: "all" }),
      clear: () => dispatch({ kind: "clear" }),
      rows: [...known.values()].filter(({ id }) => isMarked(marked, id)),
      whole: marked.kind === "allExcept",
      neighbour: async (way) => {
        const { focus: from, marked: selected } = current();
        if (!from || !isMarked(selected, from.id)) return null;
        return way === "before"
          ? unmarkedBefore(from.index, selected, read)
          : unmarkedFrom(from.index + 1, selected, read);
      },
      choices: () => choicesOf(marked, latest.current, read),
    }),
    [marked, focus, total, known, know, current, dispatch, extend, read, latest],
  );
}

/** Where the row of a cursor is now; when it left, the one that took its place. */
function follow(cursor: Cursor | null, start: number, rows: readonly TransferRow[]): Cursor | null {
  if (!cursor) return null;
  const at = rows.findIndex(({ id }) => id === cursor.id);
  if (at >= 0) return { ...cursor, index: start + at };
  const place = Math.min(cursor.index - start, rows.length - 1);
  const heir = rows[place];
  if (!heir) return rows.length === 0 ? null : cursor;
  return { id: heir.id, key: String(heir.id), index: start + place };
}

type Read = (first: number, end: number) => Promise<TransferRow[]>;

/** The last row before this place that is not selected. */
async function unmarkedBefore(end: number, marked: Marked, read: Read): Promise<TransferRow | null> {
  if (end <= 0) return null;
  const start = Math.max(0, end - NEAR);
  const found = (await read(start, end)).findLast(({ id }) => !isMarked(marked, id));
  return found ?? unmarkedBefore(start, marked, read);
}

/** The first row from this place on that is not selected. */
async function unmarkedFrom(start: number, marked: Marked, read: Read): Promise<TransferRow | null> {
  const rows = await read(start, start + NEAR);
  const found = rows.find(({ id }) => !isMarked(marked, id));
  return found ?? (rows.length < NEAR ? null : unmarkedFrom(start + NEAR, marked, read));
}

async function choicesOf(
  marked: Marked,
  { tab, lead, total }: Query,
  read: (first: number, end: number) => Promise<TransferRow[]>,
): Promise<TransferChoice[]> {
  if (marked.kind === "only") return marked.ids.size === 0 ? [] : [{ kind: "several", ids: [...marked.ids] }];
  if (marked.ids.size === 0) {
    return [{ kind: "tab", tab }, ...(lead > 0 ? [{ kind: "tab", tab: "needsYou" } as const] : [])];
  }
  const starts = Array.from({ length: Math.ceil(total / STEP) }, (_, step) => step * STEP);
  const pages = await Promise.all(starts.map((start) => read(start, start + STEP)));
  const ids = pages.flat().flatMap(({ id }) => (isMarked(marked, id) ? [id] : []));
  return [{ kind: "several", ids }];
}
