// What the window can ask of the computer. The real one is Tauri, the other one lives in memory; nothing else knows which.
import { createContext, useContext } from "react";
import type * as bindings from "../bindings";
import type { Await } from "./awaited";
import type { Release } from "./holds";

export type * from "../bindings";
export { untracked } from "./fileUrl";

type Events = typeof bindings.events;
type PayloadOf<E> = E extends { listen: (cb: infer C) => unknown }
  ? C extends (event: infer V) => void
    ? V extends { payload: infer P }
      ? P
      : never
    : never
  : never;

/** The news that Rust sends, by name. */
export type News = { [Name in keyof Events]: PayloadOf<Events[Name]> };

export type Commands = typeof bindings.commands;

/**
 * thumb: re-encoded at `size`; picture: re-encoded for the screen; original: with every pixel; refusal: never bytes, only why the
 * original gives none, as far as that is known; text: the first 64 KiB as plain text.
 */
export type FileUrlKind = "thumb" | "picture" | "original" | "refusal" | "text";

export type FileUrlOptions = {
  /** Longest edge in pixels; only for thumbs. */
  size?: number;
  /** Only for thumbs: the first that can be shown will do, however small; the address without it gives the sharp one. */
  first?: boolean;
  /** The ETag, so that a changed file is another address. */
  version: string;
  /** Counts up where a file without a known ETag was put anew, so that it is another address. */
  again?: number;
  /** The get is noted in the account's activity log. */
  track?: boolean;
};

/** A file that a person picked in the system's dialog: a right to read it, never its path. */
export type PickedFile = bindings.PickedFile & {
  /** Its bytes, until it was put somewhere. */
  blob: () => Promise<Blob>;
};

export type Host = {
  commands: Commands;
  /** Calls back with every piece of news of this name, until the returned function is called. */
  listen: <Name extends keyof News>(name: Name, callback: (payload: News[Name]) => void) => () => void;
  /** An address that `<img>` and `fetch` understand. `key` is inside the space. */
  fileUrl: (kind: FileUrlKind, space: bindings.SpaceRef, key: string, options: FileUrlOptions) => string;
  /** Notes that an address is on show, until the returned function is called: what nobody shows is read no further. */
  hold: (url: string) => Release;
  /** Notes where the picture at an address is awaited, until the returned function is called: the nearest to the view comes first. */
  awaitPicture: Await;
  /** The picture of the new file of an open question, named by its transfer: no path crosses. `size` is its longest edge. */
  localPictureUrl: (transfer: number, size: number) => string;
  /** Opens the system's dialog for a picker; null where the page has its own file input. */
  pick: ((options: bindings.PickOptions) => Promise<PickedFile[]>) | null;
  /** Puts a picked file under a key, as an upload in the queue; a question is about all that were picked `together` with it. */
  putFile: (
    file: PickedFile | File,
    to: bindings.PutTo,
    together: readonly (PickedFile | File)[],
  ) => Promise<bindings.PutAnswer>;
  /** Stores bytes under a key. */
  putBody: (body: Blob, to: bindings.PutTo) => Promise<bindings.PutAnswer>;
  /** Apple keyboards: ⌘ instead of Ctrl. */
  mac: boolean;
};

const HostContext = createContext<Host | null>(null);

export const HostProvider = HostContext.Provider;

export function useHost(): Host {
  const host = useContext(HostContext);
  if (!host) throw new Error("useHost needs a HostProvider above it");
  return host;
}
