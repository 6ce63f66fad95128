// Does one thing after the other, in the order in which they were asked for: what is sent last must be what is kept.
import { useCallback, useRef } from "react";

/** The work tells nobody that it failed: it must not. */
export function useInTurn(): (work: () => Promise<void>) => void {
  const last = useRef(Promise.resolve());
  return useCallback((work) => {
    last.current = last.current.then(work);
  }, []);
}
