// Fetches pictures before somebody looks at them, and holds them on the host for as long as they may be next.
import { useEffect, useRef } from "react";
import { useHost } from "../host";

/** `urls` has to stay the same array while nothing about it changed. */
export function useAhead(urls: readonly string[]): void {
  const { hold } = useHost();
  const ahead = useRef(new Map<string, () => void>());
  useEffect(() => {
    const { current } = ahead;
    const before = [...current.keys()];
    for (const url of urls) {
      if (!current.has(url)) current.set(url, fetchAhead(url, hold(url)));
    }
    for (const url of before.filter((one) => !urls.includes(one))) {
      current.get(url)?.();
      current.delete(url);
    }
  }, [hold, urls]);
  useEffect(() => {
    const { current } = ahead;
    return () => {
      for (const release of current.values()) release();
      current.clear();
    };
  }, []);
}

function fetchAhead(url: string, release: (ended: boolean) => void): () => void {
  const image = new Image();
  let ended = false;
  const end = () => {
    ended = true;
  };
  image.addEventListener("load", end);
  image.addEventListener("error", end);
  image.src = url;
  return () => release(ended);
}
