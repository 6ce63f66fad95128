// Whether the system asks for less movement. Style sheets hear of it by themselves; this is for what a script decides.
import { useSyncExternalStore } from "react";

const QUERY = "(prefers-reduced-motion: reduce)";

export function useReducedMotion(): boolean {
  return useSyncExternalStore(subscribe, current);
}

function current(): boolean {
  return window.matchMedia(QUERY).matches;
}

function subscribe(callback: () => void): () => void {
  const query = window.matchMedia(QUERY);
  query.addEventListener("change", callback);
  return () => query.removeEventListener("change", callback);
}
