// Favourites of one account on this computer: in Public anyone's star would be everyone's. Holds no file names, only hashes of
// them: another person on this computer learns nothing from the store.
import { useCallback, useSyncExternalStore } from "react";
import { useAppState } from "../api";
import type { SpaceRef } from "../host";
import { spaceId } from "../place";

const STORE = "amphora.favourites";
const MOST = 20_000;

export type Favourites = {
  has: (space: SpaceRef, key: string) => boolean;
  toggle: (space: SpaceRef, key: string) => void;
};

export function useFavourites(): Favourites {
  const { storage, account } = useAppState();
  const stars = useSyncExternalStore(subscribe, current);
  const who = `${storage?.id ?? ""}\n${account.kind === "person" ? account.username : account.kind}`;
  const has = useCallback((space: SpaceRef, key: string) => stars.has(starOf(who, space, key)), [stars, who]);
  const toggle = useCallback((space: SpaceRef, key: string) => turn(starOf(who, space, key)), [who]);
  return { has, toggle };
}

/** A name for a file that does not tell its name. */
export function starOf(who: string, space: SpaceRef, key: string): string {
  // cyrb53: two rounds of multiplication, 53 bits; a million files share a star once in a thousand computers.
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (const char of `${who}\n${spaceId(space)}\n${key}`) {
    const code = char.codePointAt(0) ?? 0;
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

const listeners = new Set<() => void>();
let known: { text: string; stars: ReadonlySet<string> } = { text: "", stars: new Set() };

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function current(): ReadonlySet<string> {
  const text = stored();
  if (text !== known.text) known = { text, stars: new Set(text.split(" ").filter(Boolean)) };
  return known.stars;
}

function turn(star: string): void {
  const stars = new Set(current());
  if (!stars.delete(star)) stars.add(star);
  try {
    localStorage.setItem(STORE, [...stars].slice(-MOST).join(" "));
  } catch {
    // A full or forbidden store keeps no new favourites.
  }
  for (const listener of listeners) listener();
}

function stored(): string {
  try {
    return localStorage.getItem(STORE) ?? "";
  } catch {
    return "";
  }
}
