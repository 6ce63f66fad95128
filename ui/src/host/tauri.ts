// The host inside the window: commands and news over IPC. The only file that knows Tauri.
import { commands, events } from "../bindings";
import type { Host, News } from ".";
import { localPictureUrl, protocolBase, protocolUrl } from "./fileUrl";
import { isMac } from "./mac";

export { isTauri } from "@tauri-apps/api/core";

export function createTauriHost(): Host {
  const base = protocolBase(navigator.userAgent);
  return {
    commands,
    listen,
    fileUrl: (kind, space, key, options) => protocolUrl(base, kind, space, key, options),
    localPictureUrl: (transfer, size) => localPictureUrl(base, transfer, size),
    mac: isMac(),
  };
}

function listen<Name extends keyof News>(name: Name, callback: (payload: News[Name]) => void): () => void {
  let stopped = false;
  let stop: (() => void) | null = null;
  // Each event's payload is News[its name]; the union of all of them is more than the compiler can follow.
  const start = events[name].listen as unknown as (
    callback: (event: { payload: News[Name] }) => void,
  ) => Promise<() => void>;
  void start((news) => {
    if (!stopped) callback(news.payload);
  }).then((unlisten) => {
    // The view may have gone before Tauri answered.
    if (stopped) unlisten();
    else stop = unlisten;
  });
  return () => {
    stopped = true;
    stop?.();
  };
}
