// Files from the desktop over the window: where they would go, opening folders that they rest on, and the drop itself.
import { useLayoutEffect, useState } from "react";
import { useAppState } from "../api";
import { useLatest } from "../folder";
import { type Grant, type PlaceRef, useHost } from "../host";
import { isDialogOpen } from "../kit";
import { samePlace, usePlace } from "../place";
import { type HoveredTarget, targetAt } from "./dropTarget";

export type Hover = {
  /** Null: nothing under the pointer takes drops. */
  target: HoveredTarget | null;
  /** Null while the system does not say. */
  count: number | null;
};

/** Resting on a folder this long opens it. */
export const REST = 800;

export function useDesktopDrag(onDrop: (grant: Grant, place: PlaceRef) => void): Hover | null {
  const host = useHost();
  const { places } = useAppState();
  const { place, page, go } = usePlace();
  const here = page === "folder" ? place : null;
  const [hover, setHover] = useState<Hover | null>(null);
  const latest = useLatest({ places, here, go, onDrop });

  useLayoutEffect(() => {
    let rest: { place: PlaceRef; timer: ReturnType<typeof setTimeout> } | null = null;
    const wake = () => {
      if (rest) clearTimeout(rest.timer);
      rest = null;
    };
    const look = (x: number, y: number) => (isDialogOpen() ? null : targetAt(x, y, latest.current.places));
    const stop = host.listen("desktopDrag", (drag) => {
      if (drag.kind === "leave") {
        wake();
        return setHover(null);
      }
      const target = look(drag.x, drag.y);
      if (drag.kind === "drop") {
        wake();
        setHover(null);
        if (target && !target.refusal) latest.current.onDrop(drag.grant, target.place);
        return undefined;
      }
      setHover({ target, count: drag.count });
      const { here: open } = latest.current;
      const isOpen = target !== null && open !== null && samePlace(target.place, open);
      const resting = target && !target.refusal && !isOpen ? target.place : null;
      if (rest && resting && samePlace(rest.place, resting)) return undefined;
      wake();
      if (resting) rest = { place: resting, timer: setTimeout(() => latest.current.go(resting), REST) };
      return undefined;
    });
    return () => {
      wake();
      stop();
    };
  }, [host, latest]);

  return hover;
}
