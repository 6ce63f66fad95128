// Whether a folder is at hand in the sidebar, and how it comes there. A place itself always is.
import { toFailure, useAppStateValue } from "../api";
import { type PlaceRef, useHost } from "../host";
import { toast } from "../kit";
import { samePlace } from "../place";

export type PinnedState = { pinned: boolean | null; onPin: (pinned: boolean) => void };

export function usePinned(place: PlaceRef): PinnedState {
  const host = useHost();
  const { state, accept } = useAppStateValue();
  const onPin = (pinned: boolean) => {
    host.commands.pinFolder(place, pinned).then(accept, (thrown: unknown) => {
      const { message, hint } = toFailure(thrown);
      toast({ text: message, hint, tone: "bad" });
    });
  };
  const isPinned = state.pinned.some((other) => samePlace(other, place));
  return { pinned: place.folder === "" ? null : isPinned, onPin };
}
