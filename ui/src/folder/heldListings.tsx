// Listings that are still spoken of after their folder is left: what is dragged out of one is named by its rows until it is let go.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef } from "react";
import { useHost } from "../host";

type HeldListings = {
  /** Keeps a listing open until what is returned is called. */
  hold: (id: number) => () => void;
  /** Closes a listing now, or as soon as nobody holds it. */
  close: (id: number) => void;
};

const HeldListingsContext = createContext<HeldListings | null>(null);

/** The listings opened below it can be held. */
export function HeldListingsProvider({ children }: { children: ReactNode }) {
  const closeNow = useCloseNow();
  const holders = useRef(new Map<number, number>());
  const left = useRef(new Set<number>());
  const value = useMemo<HeldListings>(
    () => ({
      hold: (id) => {
        holders.current.set(id, (holders.current.get(id) ?? 0) + 1);
        return () => {
          const others = (holders.current.get(id) ?? 1) - 1;
          if (others > 0) return void holders.current.set(id, others);
          holders.current.delete(id);
          if (left.current.delete(id)) closeNow(id);
        };
      },
      close: (id) => {
        if (holders.current.has(id)) left.current.add(id);
        else closeNow(id);
      },
    }),
    [closeNow],
  );
  return <HeldListingsContext value={value}>{children}</HeldListingsContext>;
}

/** Keeps this listing open, though its folder may be left meanwhile. */
export function useHeldListing(id: number | null): void {
  const held = useContext(HeldListingsContext);
  useEffect(() => (id === null ? undefined : held?.hold(id)), [held, id]);
}

/** Closes a listing that its view needs no longer. */
export function useCloseListing(): (id: number) => void {
  const held = useContext(HeldListingsContext);
  const closeNow = useCloseNow();
  return held?.close ?? closeNow;
}

function useCloseNow() {
  const { commands } = useHost();
  return useCallback(
    // A listing that is gone already needs no closing.
    (id: number) => void commands.closeListing(id).catch(() => null),
    [commands],
  );
}
