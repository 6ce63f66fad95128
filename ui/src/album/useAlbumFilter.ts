// The filter saved with the album of a folder. A pattern with a fault is told and not used; the one before stays.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { toFailure, useAppState } from "../api";
import { type AlbumFilter, type Failure, type PlaceRef, useHost } from "../host";
import { spaceId } from "../place";

export type AlbumFilterState = {
  /** Null: everything is shown. */
  filter: AlbumFilter | null;
  /** Why the last one was not taken. */
  failure: Failure | null;
  save: (filter: AlbumFilter) => void;
};

export const EVERYTHING: AlbumFilter = {
  name: null,
  kinds: [],
  from: null,
  until: null,
  takenFrom: null,
  takenUntil: null,
};

export function isEverything({ name, kinds, from, until, ...filter }: AlbumFilter): boolean {
  return !name?.text && kinds.length === 0 && from === null && until === null && !asksWhenTaken(filter);
}

/** Only pictures of a time are shown, as far as it is known. */
export function asksWhenTaken({ takenFrom, takenUntil }: Pick<AlbumFilter, "takenFrom" | "takenUntil">): boolean {
  return takenFrom !== null || takenUntil !== null;
}

/** `on`: the folder is shown as an album. */
export function useAlbumFilter(place: PlaceRef, on: boolean): AlbumFilterState {
  const { commands } = useHost();
  const cache = useQueryClient();
  const { storage, account } = useAppState();
  const [failure, setFailure] = useState<Failure | null>(null);
  const key = ["albumFilter", storage?.id, account, spaceId(place.space), place.folder];
  const id = JSON.stringify(key);
  const { data } = useQuery({ queryKey: [id], enabled: on, queryFn: () => commands.albumFilter(place) });
  const save = useCallback(
    (filter: AlbumFilter) => {
      commands.setAlbumFilter(place, isEverything(filter) ? EVERYTHING : filter).then(
        () => {
          setFailure(null);
          cache.setQueryData([id], isEverything(filter) ? null : filter);
        },
        (thrown: unknown) => setFailure(toFailure(thrown)),
      );
    },
    [commands, cache, place, id],
  );
  return { filter: on ? (data ?? null) : null, failure, save };
}
