// The slideshow: the next picture after a while, once the one on show is there; ends with the last one.
import { useEffect, useState } from "react";

/** How long a picture is looked at. */
const EACH = 5_000;

export type Slideshow = { playing: boolean; toggle: () => void; stop: () => void };

/** `shown` changes with each file and is null until it can be seen. */
export function useSlideshow(shown: string | null, next: (() => void) | null, start: boolean): Slideshow {
  const [wanted, setWanted] = useState(start);
  const playing = wanted && next !== null;
  useEffect(() => {
    if (!playing || shown === null) return undefined;
    const turn = setTimeout(next, EACH);
    return () => clearTimeout(turn);
    // oxlint-disable-next-line react/exhaustive-deps -- next is new every time and means the same until another file shows
  }, [playing, shown]);
  return { playing, toggle: () => setWanted((now) => !now || next === null), stop: () => setWanted(false) };
}
