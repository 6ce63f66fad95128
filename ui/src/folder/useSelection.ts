// The selection of the open folder, joined with its rows: ranges over rows that are not here, type-ahead, and finding rows again after a change.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Filter, type Row, type Selection, useHost } from "../host";
import {
  countMarked,
  type Cursor,
  emptySelection,
  isMarked,
  type Marked,
  only,
  type SelectionAction,
  selectionReducer,
  type SelectionState,
} from "./selection";
import { nextTyped, searchOrder, startsWith, TYPE_AHEAD_PAUSE, TYPE_AHEAD_REACH } from "./typeAhead";
import { useLatest } from "./useLatest";
import type { ListingState } from "./useListing";
import { PAGE, useFetchRows } from "./useRows";

/** Selections up to this size are checked row by row when the listing changes. */
const CHECKED = 200;

/** What was selected when a folder was left. Row ids mean what they meant as long as the listing is open. */
export type KeptSelection = {
  listing: number;
  filter: Filter;
  state: SelectionState;
  /** The selected rows that have been on screen. */
  rows: readonly Row[];
};

export type FolderSelection = {
  state: SelectionState;
  /** Selected rows. */
  count: number;
  /** Their bytes, where every one of them is a file that has been on screen; else null. */
  bytes: () => number | null;
  isSelected: (id: number) => boolean;
  /** A row that was drawn: its size is known from now on. */
  know: (row: Row) => void;
  /** A click or a press of Enter on an unselected row. */
  choose: (row: Cursor, how: { toggle: boolean; range: boolean }) => void;
  /** The keyboard goes elsewhere: `step` is told where it is (-1: nowhere). `range` extends, `keep` leaves what is selected. */
  move: (step: (from: number, last: number) => number, how: { range: boolean; keep: boolean }) => void;
  /** A day of an album: all its rows, or none of them. */
  chooseGroup: (rows: readonly Row[], marked: boolean) => void;
  focus: (row: Cursor) => void;
  /** These rows are on their way elsewhere: the rest stays selected. */
  leave: (rows: Marked) => void;
  /** What is selected, to bring it back when the folder is opened again; null while nothing is listed. */
  keep: () => KeptSelection | null;
  /**
   * Brings back what was selected when the folder was left, but for rows that went meanwhile; nothing, where it cannot be what is seen
   * now. Ends when that is settled.
   */
  restore: (kept: KeptSelection) => Promise<void>;
  all: () => void;
  clear: () => void;
  typeAhead: (letter: string) => void;
  /** As a value for commands; null when nothing is selected. */
  value: () => Selection | null;
  /** The rows of a small selection that have been on screen, in no order. */
  knownRows: () => Row[];
};

export function useSelection(listing: ListingState): FolderSelection {
  const host = useHost();
  const { id, revision, count: total } = listing;
  const { filter } = listing.query;
  const [state, setState] = useState(emptySelection);
  const fetchRows = useFetchRows(listing);
  const known = useRef(new Map<number, Row>());
  // Keys come faster than React draws: what counts is the state after the last action, not the last one drawn.
  const now = useRef(emptySelection);
  const latestTotal = useLatest(total);
  const dispatch = useCallback((action: SelectionAction) => {
    now.current = selectionReducer(now.current, action);
    setState(now.current);
  }, []);

  const find = useCallback(
    async (cursor: Cursor | null): Promise<Cursor | null> => {
      const index = cursor && id !== null ? await host.commands.positionOf(id, cursor.key) : null;
      return cursor && index !== null ? { ...cursor, index } : null;
    },
    [host, id],
  );

  // Where do the rows stand after a change, and are they still there?
  const place = `${id}/${revision}`;
  const placed = useRef(place);
  useEffect(() => {
    if (id === null || placed.current === place) return undefined;
    placed.current = place;
    let current = true;
    const follow = async () => {
      const { focus, anchor, marked } = now.current;
      const rows = marked.ids.size <= CHECKED ? [...marked.ids].flatMap((row) => known.current.get(row) ?? []) : [];
      const [newFocus, newAnchor, ...places] = await Promise.all([
        find(focus),
        find(anchor),
        ...rows.map((row) => host.commands.positionOf(id, row.key)),
      ]);
      if (!current) return;
      const gone = rows.filter((_, at) => places[at] === null).map((row) => row.id);
      if (gone.length > 0) dispatch({ kind: "forget", ids: gone });
      if (newFocus?.index !== focus?.index || newAnchor?.index !== anchor?.index) {
        dispatch({ kind: "moved", focus: newFocus, anchor: newAnchor });
      }
    };
    follow().catch(() => null);
    return () => {
      current = false;
    };
  }, [host, id, place, dispatch, find]);

  const extend = useCallback(
    async (to: Cursor, keep: boolean) => {
      const from = now.current.anchor ?? to;
      const first = Math.min(from.index, to.index);
      const end = Math.max(from.index, to.index) + 1;
      dispatch({ kind: "range", rows: await rangeOf(fetchRows, first, end, latestTotal.current), to, keep });
    },
    [dispatch, fetchRows, latestTotal],
  );
  const select = useCallback(
    async (step: (from: number, last: number) => number, how: { range: boolean; keep: boolean }) => {
      const last = latestTotal.current - 1;
      const index = Math.max(0, Math.min(last, step(now.current.focus?.index ?? -1, last)));
      const [row] = await fetchRows(index, index + 1);
      if (!row) return;
      known.current.set(row.id, row);
      const to = { id: row.id, key: row.key, index };
      if (how.range) await extend(to, how.keep);
      else dispatch({ kind: how.keep ? "focus" : "only", row: to });
    },
    [dispatch, extend, fetchRows, latestTotal],
  );
  // Keys may come faster than rows: each waits for the one before.
  const queue = useRef(Promise.resolve());
  const enqueue = useCallback((run: () => Promise<void>) => {
    queue.current = queue.current.then(run).catch(() => undefined);
  }, []);

  const typed = useRef({ text: "", at: 0 });
  const typeAhead = useCallback(
    (letter: string) => {
      const at = Date.now();
      const going = at - typed.current.at < TYPE_AHEAD_PAUSE;
      const text = going ? nextTyped(typed.current.text, letter) : letter;
      typed.current = { text, at };
      const count = latestTotal.current;
      const here = now.current.focus?.index ?? -1;
      const from = text.length > 1 ? Math.max(0, here) : here + 1;
      enqueue(async () => {
        for (const [first, end] of searchOrder(count, from, PAGE * 5).slice(0, TYPE_AHEAD_REACH / (PAGE * 5))) {
          if (typed.current.text !== text) return;
          // oxlint-disable-next-line no-await-in-loop -- the nearest window first
          const rows = await fetchRows(first, end);
          const found = rows.findIndex((row) => startsWith(row, text));
          const row = rows[found];
          if (!row) continue;
          known.current.set(row.id, row);
          dispatch({ kind: "only", row: { id: row.id, key: row.key, index: first + found } });
          return;
        }
      });
    },
    [dispatch, enqueue, fetchRows, latestTotal],
  );

  const steady = useMemo(
    () => ({
      know: (row: Row) => void known.current.set(row.id, row),
      chooseGroup: (rows: readonly Row[], toMark: boolean) => {
        for (const row of rows) known.current.set(row.id, row);
        dispatch({ kind: "group", ids: idsOf(rows), marked: toMark });
      },
      focus: (row: Cursor) => dispatch({ kind: "focus", row }),
      leave: (rows: Marked) => dispatch({ kind: "leave", rows }),
      all: () => dispatch({ kind: "all" }),
      clear: () => dispatch({ kind: "clear" }),
    }),
    [dispatch],
  );

  const { marked } = state;
  return useMemo<FolderSelection>(
    () => ({
      state,
      count: countMarked(marked, total),
      bytes: () => bytesOf(marked, known.current, total),
      isSelected: (row) => isMarked(marked, row),
      ...steady,
      choose: (row, { toggle, range }) => {
        if (range) enqueue(() => extend(row, toggle));
        else dispatch({ kind: toggle ? "toggle" : "only", row });
      },
      move: (step, how) => enqueue(() => select(step, how)),
      typeAhead,
      keep: () => {
        const kept = now.current;
        const rows = [...known.current.values()].filter((row) => isMarked(kept.marked, row.id));
        return id === null ? null : { listing: id, filter, state: kept, rows };
      },
      restore: (kept) => {
        enqueue(async () => {
          if (id === null || !isSeen(kept, filter)) return;
          const { marked: before, ...cursors } = kept.state;
          const rows = before.ids.size <= CHECKED ? kept.rows.filter((row) => before.ids.has(row.id)) : [];
          const [focus, anchor, places] = await Promise.all([
            find(cursors.focus),
            find(cursors.anchor),
            Promise.all(rows.map((row) => host.commands.positionOf(id, row.key))),
            // Two open listings of a folder name its rows alike; a closed one refuses, and its ids may be those of other rows.
            host.commands.rows(kept.listing, 0, 0),
          ]);
          for (const row of kept.rows) known.current.set(row.id, row);
          dispatch({ kind: "restore", state: { marked: before, focus, anchor } });
          const gone = rows.filter((_, at) => places[at] === null).map((row) => row.id);
          if (gone.length > 0) dispatch({ kind: "forget", ids: gone });
        });
        return queue.current;
      },
      value: () => {
        if (id === null || countMarked(marked, total) === 0) return null;
        return { kind: marked.kind, listing: id, ids: [...marked.ids] };
      },
      knownRows: () => [...known.current.values()].filter((row) => isMarked(marked, row.id)),
    }),
    [state, marked, total, id, filter, host, steady, dispatch, enqueue, extend, find, select, typeAhead],
  );
}

/** Of another filter "all but these" would be rows that the person did not see. */
function isSeen({ filter, state: { marked } }: KeptSelection, now: Filter): boolean {
  return marked.kind === "only" || JSON.stringify(filter) === JSON.stringify(now);
}

function idsOf(rows: readonly Row[]): number[] {
  return rows.map((row) => row.id);
}

/** Rows first..end as a value: whichever of the range and the rest is shorter is read. */
async function rangeOf(
  fetchRows: (first: number, end: number) => Promise<Row[]>,
  first: number,
  end: number,
  total: number,
): Promise<Marked> {
  if (end - first <= total / 2) return only(idsOf(await fetchRows(first, end)));
  const [before, behind] = await Promise.all([fetchRows(0, first), fetchRows(end, total)]);
  return { kind: "allExcept", ids: new Set([...idsOf(before), ...idsOf(behind)]) };
}

function bytesOf(marked: Marked, known: ReadonlyMap<number, Row>, total: number): number | null {
  const ids = marked.kind === "only" ? [...marked.ids] : null;
  const rows = ids
    ? ids.flatMap((id) => known.get(id) ?? [])
    : [...known.values()].filter(({ id }) => isMarked(marked, id));
  const everyKnown = rows.length === countMarked(marked, total);
  if (!everyKnown || rows.some((row) => row.kind === "folder")) return null;
  return rows.reduce((sum, row) => sum + row.size, 0);
}
