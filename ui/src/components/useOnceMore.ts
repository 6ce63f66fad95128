// Draws a picture once more that did not come only because its request was stopped. An address that is left and on show again
// in the same moment may be stopped for both; that is no failure, and nobody is told of it.
import { useState } from "react";
import { toFailure } from "../api";
import type { Failure } from "../host";
import { failureAt } from "./failureAt";

export type OnceMore = {
  /** The address is drawn for the second time. Belongs in the `<img>`'s key: only a new element asks for it again. */
  isAgain: boolean;
  /** To be called when the `<img>` gives nothing. */
  missed: () => void;
};

/** `onFailed` hears why there is no picture at `url`. */
export function useOnceMore(url: string | null, onFailed: (failure: Failure) => void): OnceMore {
  const [again, setAgain] = useState<string | null>(null);
  const isAgain = url !== null && again === url;
  return {
    isAgain,
    missed: () => {
      if (url === null) return;
      void failureAt(url).then((failure) => {
        const mayCome = failure === null || failure.code === "cancelled";
        if (mayCome && !isAgain) setAgain(url);
        else if (failure?.code !== "cancelled") onFailed(failure ?? toFailure(new Error("the bytes are no picture")));
      });
    },
  };
}
