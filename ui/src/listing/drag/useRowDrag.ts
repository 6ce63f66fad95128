// Rows that are dragged inside the window: which they are, what is under the pointer, and what letting go would do. What is dragged
// is held apart from the selection, since folders open on the way.
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useAppState } from "../../api";
import { type KeptSelection, type MarkedRow, rowOf, useLatest } from "../../folder";
import { type PlaceRef, type Selection, useHost } from "../../host";
import { samePlace, usePlace } from "../../place";
import { type HoveredTarget, targetAt, targetOf, useRestOpens } from "../../upload";
import type { RelocationKind, RelocationOrder } from "../relocate/useRelocation";
import type { DragSource, DragSources } from "./dragSource";

/** A press becomes a drag after this many pixels, and rests no more. */
export const DISTANCE = 6;

export type RowDrag = {
  /** The folder that they are in. */
  from: PlaceRef;
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
  /** Ends the drag: what was to be done, if anything. The folder that was opened last stays open. */
  drop: () => RelocationOrder | null;
  /** Ends the drag where it began, with what was selected there. */
  cancel: () => void;
  /** The listing that the drag began in, while that is dragged or its selection is to be brought back. */
  held: number | null;
  /** For the folders that open on the way. */
  sources: DragSources;
  /** The folder that is open now; null on other pages. */
  open: RefObject<DragSource | null>;
};

/** What is dragged. */
type Load = {
  from: PlaceRef;
  selection: Selection;
  count: number;
  has: (id: number) => boolean;
  mayMove: boolean;
  goBack: () => void;
};

/** Where the pointer is, and whether a copy is asked for. */
type Hand = { at: RowDrag["at"]; copies: boolean };

export function useRowDrag(): RowDragState {
  const { commands } = useHost();
  const { places } = useAppState();
  const { place, page, info, go, mark } = usePlace();
  const here = page === "folder" ? place : null;
  const latest = useLatest({ here, places });
  const open = useRef<DragSource | null>(null);
  const load = useRef<Load | null>(null);
  const left = useRef<{ place: PlaceRef; kept: KeptSelection } | null>(null);
  const [held, setHeld] = useState<number | null>(null);
  const release = useCallback(() => {
    if (!load.current && !left.current) setHeld(null);
  }, []);
  // Where the pointer rests on a folder that opened: letting go means the folder, not the row that happens to lie there.
  const still = useRef<RowDrag["at"] | null>(null);
  const [drag, setDrag] = useState<RowDrag | null>(null);
  // What counts when the person lets go is the last thing seen, not the last one drawn.
  const now = useRef<RowDrag | null>(null);
  const see = useCallback((next: RowDrag | null) => {
    now.current = next;
    setDrag(next);
  }, []);

  const rest = useRestOpens((folder) => {
    const source = open.current;
    if (source && load.current && samePlace(source.place, load.current.from)) {
      const kept = source.selection.keep();
      left.current = kept && { place: source.place, kept };
    }
    still.current = now.current?.at ?? null;
    go(folder);
  });

  const look = useCallback(
    ({ at, copies }: Hand) => {
      if (!load.current) return null;
      const { from, selection, count, has, mayMove } = load.current;
      const { here: shown, places: all } = latest.current;
      const found = targetAt(at.x, at.y, all);
      const row = rowOf(found?.element ?? null);
      // Ids are of the folder that the rows come from.
      const isDragged = row !== null && shown !== null && samePlace(shown, from) && has(row.id);
      const isThere = found !== null && (isDragged || samePlace(found.place, from));
      const target = still.current ? openOne(found, shown) : found;
      const kind: RelocationKind = copies || !mayMove ? "copy" : "move";
      see({ from, selection, count, kind, at, target: isThere ? null : target });
      const isOpen = found !== null && shown !== null && samePlace(found.place, shown);
      return found && !found.refusal && !isDragged && !isOpen ? found.place : null;
    },
    [latest, see],
  );
  const again = useCallback(() => {
    const last = now.current;
    if (last) look({ at: last.at, copies: last.kind === "copy" });
  }, [look]);

  const isOn = drag !== null;
  useEffect(() => {
    if (!isOn) return undefined;
    const moved = (event: PointerEvent) => {
      const at = { x: event.clientX, y: event.clientY };
      const rested = still.current;
      if (rested && Math.hypot(at.x - rested.x, at.y - rested.y) > DISTANCE) still.current = null;
      rest(look({ at, copies: asksForCopy(event) }));
    };
    const pressed = (event: KeyboardEvent) => {
      if (now.current) look({ at: now.current.at, copies: asksForCopy(event) });
    };
    // Rows move under a pointer that rests; it opens none of them.
    const scrolled = () => {
      rest(null);
      again();
    };
    window.addEventListener("pointermove", moved);
    window.addEventListener("keydown", pressed);
    window.addEventListener("keyup", pressed);
    window.addEventListener("scroll", scrolled, true);
    return () => {
      rest(null);
      window.removeEventListener("pointermove", moved);
      window.removeEventListener("keydown", pressed);
      window.removeEventListener("keyup", pressed);
      window.removeEventListener("scroll", scrolled, true);
    };
  }, [isOn, look, again, rest]);

  const sources = useMemo<DragSources>(
    () => ({
      opened: (source) => {
        open.current = source;
      },
      wasLeft: (folder) => left.current !== null && samePlace(left.current.place, folder),
      takeBack: (folder, restore) => {
        if (!left.current || !samePlace(left.current.place, folder)) return;
        const { kept } = left.current;
        left.current = null;
        void restore(kept).then(release);
      },
      lookAgain: again,
    }),
    [again, release],
  );

  // A drag that ended elsewhere brings nothing back later.
  useEffect(() => {
    if (isOn || !left.current || (here && samePlace(left.current.place, here))) return;
    left.current = null;
    release();
  }, [isOn, here, release]);
  // What lets go after that lets go of nothing.
  useEffect(
    () => () => {
      load.current = null;
      now.current = null;
    },
    [],
  );

  const alone = async ({ selection, listing }: DragSource, { id, key }: MarkedRow) => {
    const index = listing.id === null ? null : await commands.positionOf(listing.id, key);
    if (index !== null) selection.choose({ id, key, index }, { toggle: false, range: false });
  };
  const end = () => {
    const last = now.current;
    load.current = null;
    see(null);
    release();
    return last;
  };
  return {
    drag,
    begin: (row, event) => {
      const source = open.current;
      const taken = source && takenWith(row, source);
      if (!taken) return;
      // A row that is gone by now is dragged nowhere.
      if (!source.selection.isSelected(row.id)) alone(source, row).catch(() => null);
      left.current = null;
      still.current = null;
      setHeld(source.listing.id);
      load.current = { ...taken, from: source.place, mayMove: info.verbs.delete, goBack: mark() };
      look({ at: { x: event.clientX, y: event.clientY }, copies: asksForCopy(event) });
    },
    drop: () => {
      left.current = null;
      const last = end();
      if (!last?.target || last.target.refusal) return null;
      return { kind: last.kind, selection: last.selection, from: last.from, to: last.target.place };
    },
    cancel: () => {
      load.current?.goBack();
      end();
    },
    held,
    sources,
    open,
  };
}

/** What a press on a row takes along. */
function takenWith(
  { id }: MarkedRow,
  { listing, selection }: DragSource,
): Pick<Load, "selection" | "count" | "has"> | null {
  const all = selection.isSelected(id) ? selection.value() : null;
  if (all) return { selection: all, count: selection.count, has: selection.isSelected };
  if (listing.id === null) return null;
  return { selection: { kind: "only", listing: listing.id, ids: [id] }, count: 1, has: (other) => other === id };
}

/** The open folder, where the pointer is over it. */
function openOne(found: HoveredTarget | null, here: PlaceRef | null): HoveredTarget | null {
  if (!found || !here || samePlace(found.place, here)) return found;
  const around = targetOf(found.element.parentElement);
  if (!around || !samePlace(around.place, here)) return null;
  return { ...found, ...around, box: around.element.getBoundingClientRect() };
}

function asksForCopy({ ctrlKey, altKey }: { ctrlKey: boolean; altKey: boolean }): boolean {
  return ctrlKey || altKey;
}
