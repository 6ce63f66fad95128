// Which picture of an album is its cover: choosing the selected one, or leaving it to the newest. A place itself has no cover.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { toFailure, useAppState } from "../api";
import type { FolderSelection } from "../folder";
import { type PlaceRef, useHost } from "../host";
import { toast } from "../kit";
import { placeName } from "../place";
import { words } from "../words";
import { coverKey, isPicture } from "./useCover";

export type CoverChoice = {
  /** Null where no other picture is selected alone. */
  chooseCover: (() => void) | null;
  /** Null while the newest picture is the cover anyway, or while something else is selected. */
  forgetCover: (() => void) | null;
};

/** `on`: the folder is shown as an album. */
export function useCoverChoice(place: PlaceRef, on: boolean, selection: FolderSelection): CoverChoice {
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

  return useMemo(() => {
    const keep = async (cover: string | null, said: string) => {
      try {
        await commands.setAlbumCover(place, cover);
      } catch (thrown) {
        const { message, hint } = toFailure(thrown);
        return toast({ text: message, hint, tone: "bad" });
      }
      cache.setQueryData(choice, cover);
      await cache.invalidateQueries({ queryKey: shown });
      return toast({ text: said });
    };
    const [only] = selection.count === 1 ? selection.knownRows() : [];
    const isCover = only !== undefined && only.key === chosen;
    const name = placeName(place);
    return {
      chooseCover:
        has && only && isPicture(only) && !isCover
          ? () => void keep(only.key, words.album.coverChosen(only.name, name))
          : null,
      forgetCover:
        has && chosen && (selection.count === 0 || isCover)
          ? () => void keep(null, words.album.coverForgotten(name))
          : null,
    };
  }, [commands, cache, place, shown, choice, has, chosen, selection]);
}
