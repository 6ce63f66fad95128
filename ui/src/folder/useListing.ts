// Opens a listing in Rust, follows its news and closes it. Another order or filter opens the next one before the last is closed.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { queryKeys, toFailure } from "../api";
import { type Failure, type Filter, type ListingChanged, type PlaceRef, type Sort, useHost } from "../host";
import { spaceId } from "../place";
import { useCloseListing } from "./heldListings";
import { useLatest } from "./useLatest";
import { PAGE } from "./useRows";

export type ListingQuery = {
  place: PlaceRef;
  sort: Sort;
  filter: Filter;
  /** All files whose keys begin with the place's folder, which is any text then; nothing is filtered. */
  isPrefix?: boolean;
};

export type ListingState = {
  /** Null until the first answer. */
  id: number | null;
  /** What the rows answer to; the query that was asked last may still be on its way. */
  query: ListingQuery;
  revision: number;
  count: number;
  /** Nothing more is arriving. */
  complete: boolean;
  updatedAt: number | null;
  failure: Failure | null;
  /** Asks the storage again. */
  refresh: () => void;
  /** The rows stand in another order since this revision, told by an answer before the news of it. */
  moved: (revision: number) => void;
};

type Known = Omit<ListingState, "refresh" | "moved">;

export function useListing(query: ListingQuery): ListingState {
  const host = useHost();
  const cache = useQueryClient();
  const closeListing = useCloseListing();
  const { place, sort, filter } = query;
  const wanted = JSON.stringify([
    spaceId(place.space),
    place.folder,
    sort.by,
    sort.descending,
    filter.text,
    filter.media,
    filter.album ?? null,
    query.isPrefix ?? false,
  ]);
  const [known, setKnown] = useState<Known>(() => unopened(query));
  const [again, setAgain] = useState(0);
  const latest = useLatest(query);
  const shown = useRef<number | null>(null);

  useEffect(() => {
    const asked = latest.current;
    let current = true;
    let opened: number | null = null;
    const early = new Map<number, ListingChanged>();
    const stop = host.listen("listingChanged", (news) => {
      // News may overtake the answer that names its listing.
      if (opened === null) early.set(news.id, news);
      else if (news.id === opened) setKnown((now) => (now.id === opened ? followed(now, news) : now));
    });
    const open = async () => {
      try {
        const answer = await (asked.isPrefix
          ? host.commands.openPrefix(asked.place.space, asked.place.folder, asked.sort)
          : host.commands.openListing(asked.place, asked.sort, asked.filter));
        opened = answer.id;
        if (!current) return void close(answer.id);
        // The first rows come along, so that a new order replaces the old one without a blank moment.
        const rows = await host.commands.rows(answer.id, 0, PAGE);
        if (!current) return;
        cache.setQueryData(queryKeys.rows(answer.id, 0, 0), rows);
        const first: Known = { ...answer, query: asked, revision: 0 };
        const news = early.get(answer.id);
        const before = shown.current;
        shown.current = answer.id;
        setKnown(news ? followed(first, news) : first);
        if (before !== null) close(before);
      } catch (thrown) {
        if (current) setKnown({ ...unopened(asked), complete: true, failure: toFailure(thrown) });
      }
    };
    const close = (id: number) => {
      cache.removeQueries({ queryKey: ["rows", id] });
      closeListing(id);
    };
    void open();
    return () => {
      current = false;
      stop();
      if (opened !== null && opened !== shown.current) close(opened);
    };
  }, [host, cache, closeListing, latest, wanted, again]);

  useEffect(
    () => () => {
      // Leaving the folder; React's strict mode leaves and comes back, and then opens anew.
      if (shown.current !== null) closeListing(shown.current);
      shown.current = null;
    },
    [closeListing],
  );

  const { id } = known;
  return useMemo(
    () => ({
      ...known,
      moved: (revision: number) =>
        setKnown((now) => (now.id === id && revision > now.revision ? { ...now, revision } : now)),
      refresh: () => {
        if (id === null) setAgain((count) => count + 1);
        else
          host.commands
            .refreshListing(id)
            .catch((thrown: unknown) => setKnown((now) => ({ ...now, failure: toFailure(thrown) })));
      },
    }),
    [host, known, id],
  );
}

function unopened(query: ListingQuery): Known {
  return { id: null, query, revision: 0, count: 0, complete: false, updatedAt: null, failure: null };
}

function followed(now: Known, news: ListingChanged): Known {
  if (news.revision < now.revision) return now;
  const { revision, count, complete, updatedAt, failure } = news;
  return { ...now, revision, count, complete, updatedAt, failure };
}
