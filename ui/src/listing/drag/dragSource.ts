// What a drag begins in: the open folder says here what it is, and gets its selection back when the drag comes back to it.
import { createContext, useContext, useEffect, useLayoutEffect } from "react";
import type { FolderSelection, ListingState, SelectionState } from "../../folder";
import type { PlaceRef } from "../../host";

/** The open folder. */
export type DragSource = { place: PlaceRef; listing: ListingState; selection: FolderSelection };

export type DragSources = {
  /** The folder that is open now, drawn anew; null: none is. */
  opened: (source: DragSource | null) => void;
  /** What was selected in this folder when a drag left it; told once. */
  takeBack: (place: PlaceRef) => SelectionState | null;
  /** Other rows lie under the pointer. */
  lookAgain: () => void;
};

export const DragSourcesContext = createContext<DragSources | null>(null);

export function useDragSource(source: DragSource): void {
  const sources = useContext(DragSourcesContext);
  useLayoutEffect(() => {
    sources?.opened(source);
    return () => sources?.opened(null);
  });

  const { place, listing, selection } = source;
  const { id, revision } = listing;
  const { restore } = selection;
  useEffect(() => {
    const before = id === null ? null : sources?.takeBack(place);
    if (before) restore(before);
  }, [sources, id, place, restore]);
  useEffect(() => sources?.lookAgain(), [sources, id, revision]);
}
