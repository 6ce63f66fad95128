// Keeps the host reading and decoding for an address while it is on show, and no longer.
import { useEffect, useRef } from "react";
import { useHost } from "../host";

/** `isThere`: it arrived, or never will; leaving it stops nothing. */
export function useHeld(url: string | null, isThere: boolean): void {
  const { hold } = useHost();
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
}
