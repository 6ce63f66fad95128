// Windows of rows in pages of 200, kept by TanStack Query; a changed listing shows its old rows until the new ones are here.
import { type QueryClient, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { queryKeys } from "../api";
import { type Row, useHost } from "../host";
import type { ListingState } from "./useListing";

/** Rows a page. */
export const PAGE = 200;

/** The row at an index, as far as it is here. */
export type RowsByIndex = (index: number) => Row | undefined;

/** Keeps the pages that hold rows `first` up to and without `end`. */
export function useRows({ id, revision, count }: ListingState, first: number, end: number): RowsByIndex {
  const host = useHost();
  const cache = useQueryClient();
  const starts = id === null ? [] : pagesOf(first, Math.min(end, count));
  const from = starts[0] ?? 0;
  const combine = useCallback((pages: { data?: Row[] }[]) => byIndex(pages, from), [from]);
  return useQueries({
    queries: starts.map((start) => ({
      queryKey: queryKeys.rows(id ?? 0, revision, start),
      queryFn: () => host.commands.rows(id ?? 0, start, start + PAGE),
      placeholderData: () => lastPage(cache, id ?? 0, start),
      gcTime: 60_000,
    })),
    combine,
  });
}

function byIndex(pages: { data?: Row[] }[], from: number): RowsByIndex {
  return (index) => pages[Math.floor((index - from) / PAGE)]?.data?.[(index - from) % PAGE];
}

/** The newest known rows of this page. */
function lastPage(cache: QueryClient, id: number, start: number): Row[] | undefined {
  const known = cache
    .getQueriesData<Row[]>({ queryKey: ["rows", id] })
    .filter(([[, , , at], rows]) => at === start && rows !== undefined)
    .toSorted(([[, , a]], [[, , b]]) => Number(b) - Number(a));
  return known[0]?.[1];
}

/** Fetches rows that are perhaps not on screen, for ranges, type-ahead and the preview. */
export function useFetchRows({ id, revision }: ListingState): (first: number, end: number) => Promise<Row[]> {
  const host = useHost();
  const cache = useQueryClient();
  return useCallback(
    async (first, end) => {
      if (id === null) return [];
      // A long range is read once and straight: it would only fill the cache.
      if (end - first > PAGE * 5) return host.commands.rows(id, first, end);
      const pages = await Promise.all(
        pagesOf(first, end).map((start) =>
          cache.fetchQuery({
            queryKey: queryKeys.rows(id, revision, start),
            queryFn: () => host.commands.rows(id, start, start + PAGE),
            gcTime: 60_000,
          }),
        ),
      );
      const from = Math.floor(first / PAGE) * PAGE;
      return pages.flat().slice(first - from, end - from);
    },
    [host, cache, id, revision],
  );
}

/** The starts of the pages that hold these rows. */
export function pagesOf(first: number, end: number): number[] {
  const starts: number[] = [];
  for (let start = Math.floor(Math.max(0, first) / PAGE) * PAGE; start < end; start += PAGE) starts.push(start);
  return starts;
}
