// Keeps the host reading and decoding for an address while it is on show, and no longer; the nearest to the view first.
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { useHost } from "../host";

/** `isThere`: it arrived, or never will; leaving it stops nothing. `place`: where it is or will be drawn. */
export function useHeld(url: string | null, isThere: boolean, place?: RefObject<Element | null>): void {
  const { hold, awaitPicture } = useHost();
  const there = useRef(isThere);
  useEffect(() => {
    if (url === null) return undefined;
    const release = hold(url);
    return () => release(there.current);
  }, [hold, url]);
  // Behind the other, so that what is released is judged by what was on show before.
  useEffect(() => {
    there.current = isThere;
  }, [isThere, url]);
  // In the same moment in which the web view begins to ask.
  useLayoutEffect(() => {
    if (url === null || isThere || !place) return undefined;
    return awaitPicture(url, () => place.current);
  }, [awaitPicture, url, isThere, place]);
}
