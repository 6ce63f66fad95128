// Files from the desktop over the window: where they would go, opening folders that they rest on, and the drop itself.
import { useLayoutEffect, useState } from "react";
import { useAppState } from "../api";
import { useLatest } from "../folder";
import { type Grant, type PlaceRef, useHost } from "../host";
import { isDialogOpen } from "../kit";
import { samePlace, usePlace } from "../place";
import { type HoveredTarget, targetAt } from "./dropTarget";
import { useRestOpens } from "./useRestOpens";

export type Hover = {
  /** Null: nothing under the pointer takes drops. */
  target: HoveredTarget | null;
  /** Null while the system does not say. */
  count: number | null;
};

export function useDesktopDrag(onDrop: (grant: Grant, place: PlaceRef) => void): Hover | null {
  const host = useHost();
  const { places } = useAppState();
  const { place, page, go } = usePlace();
  const here = page === "folder" ? place : null;
  const [hover, setHover] = useState<Hover | null>(null);
  const rest = useRestOpens(go);
  const latest = useLatest({ places, here, onDrop });

  useLayoutEffect(() => {
    const look = (x: number, y: number) => (isDialogOpen() ? null : targetAt(x, y, latest.current.places));
    return host.listen("desktopDrag", (drag) => {
      if (drag.kind === "leave") {
        rest(null);
        return setHover(null);
      }
      const target = look(drag.x, drag.y);
      if (drag.kind === "drop") {
        rest(null);
        setHover(null);
        if (target && !target.refusal) latest.current.onDrop(drag.grant, target.place);
        return undefined;
      }
      setHover({ target, count: drag.count });
      const { here: open } = latest.current;
      const isOpen = target !== null && open !== null && samePlace(target.place, open);
      rest(target && !target.refusal && !isOpen ? target.place : null);
      return undefined;
    });
  }, [host, latest, rest]);

  return hover;
}
