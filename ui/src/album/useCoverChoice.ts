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

/** `on`: the folder is shown as an album. */
export function useCoverChoice(place: PlaceRef, on: boolean): CoverOffer {
  const { commands } = useHost();
  const cache = useQueryClient();
  const state = useAppState();
  const shown = useMemo(() => coverKey(state, place), [state, place]);
  const choice = useMemo(() => ["coverChoice", ...shown], [shown]);
  const has = on && place.folder !== "";
  const { data: chosen } = useQuery({
    queryKey: choice,
    enabled: has,
    queryFn: () => commands.albumCover(place),
  });

  const keep = useCallback(
    async (cover: string | null, said: string) => {
      try {
        await commands.setAlbumCover(place, cover);
      } catch (thrown) {
        const { message, hint } = toFailure(thrown);
        return toast({ text: message, hint, tone: "bad" });
      }
      cache.setQueryData(choice, cover);
      await cache.invalidateQueries({ queryKey: shown });
      return toast({ text: said });
    },
    [commands, cache, place, shown, choice],
  );
  return useCallback(
    (subject) => {
      const row = subject === "folder" ? null : subject;
      const isCover = row !== null && row.key === chosen;
      const name = placeName(place);
      return {
        chooseCover:
          has && row && isPicture(row) && !isCover
            ? () => void keep(row.key, words.album.coverChosen(row.name, name))
            : null,
        forgetCover:
          has && chosen && (subject === "folder" || isCover)
            ? () => void keep(null, words.album.coverForgotten(name))
            : null,
      };
    },
    [place, has, chosen, keep],
  );
}
