// What a drag begins in: the open folder says here what it is, and gets its selection back when the drag comes back to it.
import { createContext, useContext, useEffect, useLayoutEffect, useState } from "react";
import type { FolderSelection, KeptSelection, ListingState } from "../../folder";
import type { PlaceRef } from "../../host";

/** The open folder. */
export type DragSource = { place: PlaceRef; listing: ListingState; selection: FolderSelection };

export type DragSources = {
  /** The folder that is open now, drawn anew; null: none is. */
  opened: (source: DragSource | null) => void;
  /** A drag left this folder, and something was selected in it. */
  wasLeft: (place: PlaceRef) => boolean;
  /** Has what was selected in this folder when a drag left it brought back, once. */
  takeBack: (place: PlaceRef, restore: (kept: KeptSelection) => Promise<void>) => void;
  /** Other rows lie under the pointer. */
  lookAgain: () => void;
};

export const DragSourcesContext = createContext<DragSources | null>(null);

/** Answers whether the folder gets its selection back, and with it the keyboard. */
export function useDragSource(source: DragSource): boolean {
  const sources = useContext(DragSourcesContext);
  useLayoutEffect(() => {
    sources?.opened(source);
    return () => sources?.opened(null);
  });

  const { place, listing, selection } = source;
  const { id, revision } = listing;
  const { restore } = selection;
  const [wasLeft] = useState(() => sources?.wasLeft(place) ?? false);
  useEffect(() => {
    if (id !== null) sources?.takeBack(place, restore);
  }, [sources, id, place, restore]);
  useEffect(() => sources?.lookAgain(), [sources, id, revision]);
  return wasLeft;
}
