// Which picture of an album is its cover: choosing another, or leaving it to the newest. A place itself has no cover.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { toFailure, useAppState } from "../api";
import { type PlaceRef, type Row, useHost } from "../host";
import { toast } from "../kit";
import { placeName } from "../place";
import { words } from "../words";
import { coverKey, isPicture } from "./useCover";

export type CoverChoice = {
  /** Null where the row can't be the cover, or is it. */
  chooseCover: (() => void) | null;
  /** Null where the row is not the cover that was chosen. */
  forgetCover: (() => void) | null;
};

/** What can be done with a row alone, or with the folder itself; with several rows nothing can. */
export type CoverOffer = (subject: Row | "folder" | null) => CoverChoice;

export type KeepCover = {
  /** Under which it is known which picture was chosen. */
  choice: string[];
  /** Makes a picture the cover; null leaves it to the newest. Says what came of it. */
  keep: (cover: Pick<Row, "key" | "name"> | null) => Promise<void>;
};

export function useKeepCover(place: PlaceRef): KeepCover {
  const { commands } = useHost();
  const cache = useQueryClient();
  const state = useAppState();
  const shown = useMemo(() => coverKey(state, place), [state, place]);
  const choice = useMemo(() => ["coverChoice", ...shown], [shown]);
  const keep = useCallback(
    async (cover: Pick<Row, "key" | "name"> | null) => {
      const key = cover?.key ?? null;
      try {
        await commands.setAlbumCover(place, key);
      } catch (thrown) {
        const { message, hint } = toFailure(thrown);
        return toast({ text: message, hint, tone: "bad" });
      }
      cache.setQueryData(choice, key);
      await cache.invalidateQueries({ queryKey: shown });
      const name = placeName(place);
      return toast({ text: cover ? words.album.coverChosen(cover.name, name) : words.album.coverForgotten(name) });
    },
    [commands, cache, place, shown, choice],
  );
  return { choice, keep };
}

/** `on`: the folder is shown as an album. */
export function useCoverChoice(place: PlaceRef, on: boolean): CoverOffer {
  const { commands } = useHost();
  const { choice, keep } = useKeepCover(place);
  const has = on && place.folder !== "";
  const { data: chosen } = useQuery({
    queryKey: choice,
    enabled: has,
    queryFn: () => commands.albumCover(place),
  });

  return useCallback(
    (subject) => {
      const row = subject === "folder" ? null : subject;
      const isCover = row !== null && row.key === chosen;
      return {
        chooseCover: has && row && isPicture(row) && !isCover ? () => void keep(row) : null,
        forgetCover: has && chosen && (subject === "folder" || isCover) ? () => void keep(null) : null,
      };
    },
    [has, chosen, keep],
  );
}
