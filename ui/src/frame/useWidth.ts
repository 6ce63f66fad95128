// How much room the window has, in the steps of the design.
import { useSyncExternalStore } from "react";

/** roomy ≥ 1180: all words. wide ≥ 1040: search box and New folder in the toolbar. middle ≥ 960. narrow ≥ 640. tiny: the sidebar is a sheet. */
export type Width = "roomy" | "wide" | "middle" | "narrow" | "tiny";

export function useWidth(): Width {
  return useSyncExternalStore(subscribe, current);
}

/** Steps in rem, so that larger text counts as a smaller window. */
function current(): Width {
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const room = (window.innerWidth * 16) / size;
  if (room >= 1180) return "roomy";
  if (room >= 1040) return "wide";
  if (room >= 960) return "middle";
  return room >= 640 ? "narrow" : "tiny";
}

function subscribe(callback: () => void): () => void {
  window.addEventListener("resize", callback);
  return () => window.removeEventListener("resize", callback);
}
