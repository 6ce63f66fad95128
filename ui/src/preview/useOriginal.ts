// The picture with every pixel: fetched once somebody looks closer than the copy for the screen is sharp, and never before.
import { useCallback, useState } from "react";
import { failureAt, useHeld } from "../components";
import { type Row, type SpaceRef, useHost } from "../host";

export type Original = {
  /** `none`: nobody looked that close yet; all but `shown` leave the copy on show. */
  state: "none" | "loading" | "shown" | "tooLarge" | "failed";
  /** To be drawn over the copy; null: nothing to fetch. */
  url: string | null;
  /** It is drawn for the second time. Belongs in the `<img>`'s key: only a new element asks for it again. */
  isAgain: boolean;
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
  const [isAgain, setAgain] = useState(false);
  const address = (kind: "original" | "refusal") => host.fileUrl(kind, space, row.key, { version: row.etag });
  const ask = useCallback(() => setState((now) => (now === "none" ? "loading" : now)), []);
  const url = state === "loading" || state === "shown" ? address("original") : null;
  useHeld(url, state === "shown");
  return {
    state,
    url,
    isAgain,
    ask,
    arrived: () => setState("shown"),
    missed: () => {
      // Asking the same address would fetch and decode all of it only to hear why.
      void failureAt(address("refusal")).then((failure) => {
        const isRefused = failure?.code === "tooLarge" || failure?.code === "notAPicture";
        if (!isRefused && !isAgain) setAgain(true);
        else setState(failure?.code === "tooLarge" ? "tooLarge" : "failed");
      });
    },
  };
}
