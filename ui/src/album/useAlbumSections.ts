// An album's sections as Rust cuts them, and what is known of its pictures. Dates that are learned move rows only when nobody is
// scrolling, and then the wall finds its place again.
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { toFailure } from "../api";
import type { ListingState } from "../folder";
import { type AlbumBy, type AlbumSection, type Failure, type PictureFacts, useHost } from "../host";

/** Without a touch for this long nobody is on their way. */
const QUIET = 1_200;

export type Facts = ReadonlyMap<number, PictureFacts>;

export type AlbumState = {
  /** Null until the first answer. */
  sections: readonly AlbumSection[] | null;
  by: AlbumBy;
  facts: Facts;
  /** What is at these positions is looked at next; what was asked before and is not done is put off. */
  look: (start: number, end: number) => void;
  /** The person scrolled or pressed: rows stay where they are for a while. */
  touched: () => void;
  failure: Failure | null;
};

type Answer = { id: number; revision: number; by: AlbumBy; sections: readonly AlbumSection[] };

/** What is to be done before rows move; what it returns is done together with the new sections. */
export type BeforeMoving = () => Promise<() => void>;

export function useAlbumSections(listing: ListingState, by: AlbumBy, before: RefObject<BeforeMoving>): AlbumState {
  const host = useHost();
  const { id, revision, moved } = listing;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [facts, setFacts] = useState<Facts>(new Map());
  const [failure, setFailure] = useState<Failure | null>(null);
  const [again, setAgain] = useState(0);
  const known = useRef("");
  const [prevId, setPrevId] = useState(id);
  if (prevId !== id) {
    // Row ids are of one listing.
    setPrevId(id);
    setFacts(new Map());
  }

  useEffect(() => {
    if (id === null) return undefined;
    // The revision of an answer that we told the listing ourselves brings nothing new.
    if (known.current === `${id}/${revision}/${by}/${again}`) return undefined;
    let current = true;
    const ask = async () => {
      try {
        const got = await host.commands.albumSections(id, by);
        const held = await before.current();
        if (!current) return;
        held();
        known.current = `${id}/${Math.max(revision, got.revision)}/${by}/${again}`;
        setAnswer({ id, by, revision: got.revision, sections: got.sections });
        moved(got.revision);
        setFailure(null);
      } catch (thrown) {
        if (current) setFailure(toFailure(thrown));
      }
    };
    void ask();
    return () => {
      current = false;
    };
  }, [host, id, revision, by, again, before, moved]);

  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  const moving = useRef(false);
  const waits = useRef(false);
  const touched = useCallback(() => {
    moving.current = true;
    clearTimeout(quiet.current);
    quiet.current = setTimeout(() => {
      moving.current = false;
      if (!waits.current) return;
      waits.current = false;
      setAgain((count) => count + 1);
    }, QUIET);
  }, []);
  useEffect(() => () => clearTimeout(quiet.current), []);

  useEffect(
    () =>
      host.listen("picturesLearned", (news) => {
        if (news.listing !== id) return;
        setFacts((now) => joined(now, news.facts));
        if (!news.orderChanged) return;
        // More is learned at once; the rows move when it is quiet.
        waits.current = true;
        if (!moving.current) touched();
      }),
    [host, id, touched],
  );

  const look = useCallback(
    (start: number, end: number) => {
      if (id === null) return;
      host.commands
        .pictureFacts(id, start, end)
        .then((some) => some.length > 0 && setFacts((now) => joined(now, some)))
        // A listing that is closed meanwhile has nothing to show either.
        .catch(() => null);
    },
    [host, id],
  );

  const mine = answer !== null && answer.id === id ? answer : null;
  return {
    sections: mine?.sections ?? null,
    by: mine?.by ?? by,
    facts,
    look,
    touched,
    failure,
  };
}

function joined(now: Facts, news: readonly PictureFacts[]): Facts {
  const fresh = news.filter((one) => !same(now.get(one.id), one));
  if (fresh.length === 0) return now;
  const next = new Map(now);
  for (const one of fresh) next.set(one.id, one);
  return next;
}

function same(a: PictureFacts | undefined, b: PictureFacts): boolean {
  return (
    a !== undefined &&
    a.size?.width === b.size?.width &&
    a.size?.height === b.size?.height &&
    a.taken === b.taken &&
    a.firstLook === b.firstLook
  );
}
