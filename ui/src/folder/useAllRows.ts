// All rows of a listing from its start, for views that need every date to lay themselves out: an album. Grows as asked.
import { useCallback, useEffect, useRef, useState } from "react";
import { toFailure } from "../api";
import { type Failure, type Row, useHost } from "../host";
import { useLatest } from "./useLatest";
import type { ListingState } from "./useListing";

/** Rows a call; an album of 10,000 takes ten. */
const CHUNK = 1_000;
/** Read without being asked; more comes when the end is near. */
const AT_ONCE = 20_000;

export type AllRows = {
  rows: readonly Row[];
  /** There are more than are here. */
  more: boolean;
  /** Reads the next ones. */
  readOn: () => void;
  failure: Failure | null;
};

export function useAllRows({ id, revision, count, complete }: ListingState): AllRows {
  const host = useHost();
  const [state, setState] = useState<{ id: number | null; rows: readonly Row[]; failure: Failure | null }>({
    id,
    rows: [],
    failure: null,
  });
  const [wanted, setWanted] = useState(AT_ONCE);
  const here = useRef(0);
  const latestCount = useLatest(count);
  // While a listing arrives, with news of each page, it is read anew whenever it is twice as long: all in all about twice.
  const news = complete ? `${revision} ${count}` : `twice ${Math.ceil(Math.log2(count + 1))} times`;

  useEffect(() => {
    if (id === null) return undefined;
    let current = true;
    const read = async () => {
      // By id: what arrives meanwhile moves rows from one chunk to the next.
      const rows = new Map<number, Row>();
      const end = Math.min(latestCount.current, wanted);
      try {
        // oxlint-disable-next-line no-unmodified-loop-condition -- the cleanup below ends it
        for (let start = 0; current && start < end; start += CHUNK) {
          // oxlint-disable-next-line no-await-in-loop -- one chunk at a time keeps the window answering
          const some = await host.commands.rows(id, start, Math.min(end, start + CHUNK));
          if (some.length === 0) break;
          for (const row of some) rows.set(row.id, row);
          // What was there stays until as much is here again; a first visit shows every chunk.
          if (current && rows.size >= Math.min(end, here.current)) {
            here.current = rows.size;
            setState({ id, rows: [...rows.values()], failure: null });
          }
        }
        if (!current) return;
        here.current = rows.size;
        setState({ id, rows: [...rows.values()], failure: null });
      } catch (thrown) {
        if (current) setState((now) => ({ ...now, id, failure: toFailure(thrown) }));
      }
    };
    void read();
    return () => {
      current = false;
    };
  }, [host, id, news, latestCount, wanted]);

  const more = state.rows.length < count;
  const readOn = useCallback(() => setWanted((now) => (here.current >= now ? now + CHUNK * 5 : now)), []);
  return { rows: state.rows, more, readOn, failure: state.failure };
}
