// Rows that are dragged inside the window: which they are, what is under the pointer, and what letting go would do.
import { useCallback, useEffect, useRef, useState } from "react";
import { useAppState } from "../../api";
import { type FolderSelection, type ListingState, type MarkedRow, rowOf, useLatest } from "../../folder";
import { type PlaceRef, type Selection, useHost } from "../../host";
import { samePlace, usePlace } from "../../place";
import { type HoveredTarget, targetAt } from "../../upload";
import type { RelocationKind, RelocationOrder } from "../relocate/useRelocation";

export type RowDrag = {
  selection: Selection;
  count: number;
  kind: RelocationKind;
  /** Of the pointer, in CSS pixels of the page. */
  at: { x: number; y: number };
  /** Null: nothing under the pointer takes them, or they are there already. */
  target: HoveredTarget | null;
};

export type RowDragState = {
  /** Null: nothing is dragged. */
  drag: RowDrag | null;
  /** The row is taken along, and with it what is selected; alone where it is not selected. */
  begin: (row: MarkedRow, event: MouseEvent) => void;
  /** Ends the drag: what was to be done, if anything. */
  end: () => RelocationOrder | null;
};

/** What is dragged. */
type Load = { selection: Selection; count: number; has: (id: number) => boolean };

export function useRowDrag(place: PlaceRef, listing: ListingState, selection: FolderSelection): RowDragState {
  const { commands } = useHost();
  const { places } = useAppState();
  const { verbs } = usePlace().info;
  const latest = useLatest({ place, places, mayMove: verbs.delete });
  const [load, setLoad] = useState<Load | null>(null);
  const [drag, setDrag] = useState<RowDrag | null>(null);
  // What counts when the person lets go is the last thing seen, not the last one drawn.
  const now = useRef<RowDrag | null>(null);
  const see = useCallback((next: RowDrag | null) => {
    now.current = next;
    setDrag(next);
  }, []);

  const seen = useCallback(
    ({ selection: taken, count, has }: Load, { x, y }: RowDrag["at"], copies: boolean): RowDrag => {
      const { place: here, places: all, mayMove } = latest.current;
      const found = targetAt(x, y, all);
      const row = rowOf(found?.element ?? null);
      const isThere = found !== null && (samePlace(found.place, here) || (row !== null && has(row.id)));
      const kind = copies || !mayMove ? "copy" : "move";
      return { selection: taken, count, kind, at: { x, y }, target: isThere ? null : found };
    },
    [latest],
  );

  useEffect(() => {
    if (!load) return undefined;
    const again = (at: RowDrag["at"] | undefined, copies: boolean) => at && see(seen(load, at, copies));
    const moved = (event: PointerEvent) => again({ x: event.clientX, y: event.clientY }, asksForCopy(event));
    const pressed = (event: KeyboardEvent) => again(now.current?.at, asksForCopy(event));
    // Rows move under a pointer that rests.
    const scrolled = () => again(now.current?.at, now.current?.kind === "copy");
    window.addEventListener("pointermove", moved);
    window.addEventListener("keydown", pressed);
    window.addEventListener("keyup", pressed);
    window.addEventListener("scroll", scrolled, true);
    return () => {
      window.removeEventListener("pointermove", moved);
      window.removeEventListener("keydown", pressed);
      window.removeEventListener("keyup", pressed);
      window.removeEventListener("scroll", scrolled, true);
    };
  }, [load, see, seen]);

  const { id: listed } = listing;
  const alone = async ({ id, key }: MarkedRow) => {
    const index = listed === null ? null : await commands.positionOf(listed, key);
    if (index !== null) selection.choose({ id, key, index }, { toggle: false, range: false });
  };
  return {
    drag,
    begin: (row, event) => {
      const isSelected = selection.isSelected(row.id);
      const all = isSelected ? selection.value() : null;
      const only: Selection | null = listed === null ? null : { kind: "only", listing: listed, ids: [row.id] };
      const taken = all ?? only;
      if (!taken) return;
      const { count, isSelected: has } = selection;
      const next = all
        ? { selection: taken, count, has }
        : { selection: taken, count: 1, has: (id: number) => id === row.id };
      // A row that is gone by now is dragged nowhere.
      if (!all) alone(row).catch(() => null);
      setLoad(next);
      see(seen(next, { x: event.clientX, y: event.clientY }, asksForCopy(event)));
    },
    end: () => {
      const last = now.current;
      setLoad(null);
      see(null);
      if (!last?.target || last.target.refusal) return null;
      return { kind: last.kind, selection: last.selection, to: last.target.place };
    },
  };
}

function asksForCopy({ ctrlKey, altKey }: { ctrlKey: boolean; altKey: boolean }): boolean {
  return ctrlKey || altKey;
}
