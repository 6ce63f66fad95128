// The picture with every pixel: fetched once somebody looks closer than the copy for the screen is sharp, and never before.
import { useCallback, useState } from "react";
import { failureAt, useHeld } from "../components";
import { type Row, type SpaceRef, useHost } from "../host";

export type Original = {
  /** `none`: nobody looked that close yet; all but `shown` leave the copy on show. */
  state: "none" | "loading" | "shown" | "tooLarge" | "failed";
  /** To be drawn over the copy; null: nothing to fetch. */
  url: string | null;
  /** Somebody looks that close. */
  ask: () => void;
  /** To be called when `url` has arrived. */
  arrived: () => void;
  /** To be called when `url` gives nothing. */
  missed: () => void;
};

export function useOriginal(space: SpaceRef, row: Row): Original {
  const host = useHost();
  const [state, setState] = useState<Original["state"]>("none");
  const address = host.fileUrl("original", space, row.key, { version: row.etag });
  const ask = useCallback(() => setState((now) => (now === "none" ? "loading" : now)), []);
  const url = state === "loading" || state === "shown" ? address : null;
  useHeld(url, state === "shown");
  return {
    state,
    url,
    ask,
    arrived: () => setState("shown"),
    missed: () => {
      void failureAt(address).then((failure) => setState(failure?.code === "tooLarge" ? "tooLarge" : "failed"));
    },
  };
}
