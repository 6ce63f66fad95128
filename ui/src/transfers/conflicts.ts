// Which question about an existing name is open. Questions come by themselves, unless the person said "later"; [Decide…] brings one back.
import { useSyncExternalStore } from "react";

/** "next": whichever comes first. later: these wait until they are asked for. */
type Wish = { wanted: number | "next"; later: ReadonlySet<number> };

let wish: Wish = { wanted: "next", later: new Set() };
const callbacks = new Set<() => void>();

function set(next: Wish): void {
  wish = next;
  for (const callback of callbacks) callback();
}

/** Asks about this transfer, or about the first that needs an answer. */
export function askConflict(transfer?: number): void {
  set({ wanted: transfer ?? "next", later: new Set() });
}

/** The person decides later about all that are asked now. */
export function decideLater(transfers: readonly number[]): void {
  set({ wanted: "next", later: new Set([...wish.later, ...transfers]) });
}

/** After an answer the next question comes. */
export function conflictAnswered(): void {
  set({ ...wish, wanted: "next" });
}

export function useConflictWish(): Wish {
  return useSyncExternalStore(subscribe, () => wish);
}

function subscribe(callback: () => void): () => void {
  callbacks.add(callback);
  return () => callbacks.delete(callback);
}
