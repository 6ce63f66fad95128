// The cache of what the cloud holds. Rust says what changed; keys carry revisions, so nothing goes stale by time.
import { QueryClient } from "@tanstack/react-query";
import type { PlaceRef, Sort } from "../host";

/** Cache keys, so that two features that mean the same thing share it. */
export const queryKeys = {
  rows: (listing: number, revision: number, start: number) => ["rows", listing, revision, start] as const,
  listing: (place: PlaceRef, sort: Sort) => ["listing", place, sort] as const,
  practiceMail: ["practiceMail"] as const,
  activity: ["activity"] as const,
  transferSettings: ["transferSettings"] as const,
};

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, staleTime: Infinity },
    },
  });
}
