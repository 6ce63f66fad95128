// Where the system asks for less movement, a picture that moves stands still until the person plays it.
import { useEffect, useState } from "react";
import { type Row, type SpaceRef, useHost } from "../host";
import { useReducedMotion } from "../theme";

/** Kinds of files that may move. */
const MAY_MOVE = /\.(gif|webp)$/iu;
/** What moves is served as this, whatever the file is; what does not never is. */
const MOVING = "image/gif";

export type Still = {
  /** The first frame is shown in place of the picture. */
  isStill: boolean;
  /** Null where it does not move, and until that is known. */
  play: (() => void) | null;
};

export function useStill(space: SpaceRef, { key, etag, name }: Row): Still {
  const host = useHost();
  const reduced = useReducedMotion();
  const [played, setPlayed] = useState(false);
  const [moves, setMoves] = useState<boolean | null>(null);
  const asks = reduced && !played && MAY_MOVE.test(name);
  useEffect(() => {
    if (!asks) return undefined;
    const gone = new AbortController();
    fetch(host.fileUrl("picture", space, key, { version: etag }), { signal: gone.signal })
      .then(({ headers }) => setMoves(headers.get("content-type") === MOVING))
      // The picture itself says why it can't be shown.
      .catch(() => setMoves(false));
    return () => gone.abort();
  }, [host, space, key, etag, asks]);
  return { isStill: asks && moves !== false, play: asks && moves ? () => setPlayed(true) : null };
}
