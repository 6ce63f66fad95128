// What a drag rests on opens: folders, crumbs and places.
import { useEffect, useMemo, useRef } from "react";
import { useLatest } from "../folder";
import type { PlaceRef } from "../host";
import { samePlace } from "../place";

/** Resting on a folder this long opens it. */
export const REST = 800;

/** Told again and again what the drag is over, null where nothing opens; `open` is called once it stayed the same for long enough. */
export function useRestOpens(open: (place: PlaceRef) => void): (over: PlaceRef | null) => void {
  const latest = useLatest(open);
  const rest = useRef<{ place: PlaceRef; timer: ReturnType<typeof setTimeout> } | null>(null);
  const over = useMemo(() => {
    return (place: PlaceRef | null) => {
      if (rest.current && place && samePlace(rest.current.place, place)) return;
      clearTimeout(rest.current?.timer);
      rest.current = place && { place, timer: setTimeout(() => latest.current(place), REST) };
    };
  }, [latest]);
  useEffect(() => () => over(null), [over]);
  return over;
}
