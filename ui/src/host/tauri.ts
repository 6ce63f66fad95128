// The host inside the window: commands and news over IPC. The only file that knows Tauri.
import { invoke } from "@tauri-apps/api/core";
import { commands, events, type PickOptions, type PutAnswer, type PutTo } from "../bindings";
import type { Host, News, PickedFile } from ".";
import { createAwaited } from "./awaited";
import { localPictureUrl, protocolBase, protocolUrl } from "./fileUrl";
import { createHolds } from "./holds";
import { isMac } from "./mac";

export { isTauri } from "@tauri-apps/api/core";

export function createTauriHost(): Host {
  const base = protocolBase(navigator.userAgent);
  return {
    commands,
    listen,
    fileUrl: (kind, space, key, options) => protocolUrl(base, kind, space, key, options),
    hold: createHolds((urls) => {
      const ours = namesOf(base, urls);
      if (ours.length > 0) void commands.leavePictures(ours);
    }),
    awaitPicture: createAwaited((urls) => {
      const ours = namesOf(base, urls);
      if (ours.length > 0) void commands.orderPictures(ours);
    }),
    localPictureUrl: (transfer, size) => localPictureUrl(base, transfer, size),
    pick: (options) => pick(base, options),
    putFile: async (file, to, together) => {
      const others = together.flatMap((other) => ("grant" in other ? [other.grant] : []));
      // A browser's File can't come up here: the window has no file input. Its bytes go all the same.
      return "grant" in file ? commands.putPicked(file.grant, to, others) : putBody(file, to);
    },
    putBody,
    mac: isMac(),
  };
}

/** Rust knows addresses by path and query. */
function namesOf(base: string, urls: string[]): string[] {
  return urls.filter((url) => url.startsWith(base)).map((url) => url.slice(base.length - 1));
}

async function pick(base: string, options: PickOptions): Promise<PickedFile[]> {
  const picked = await commands.pickFiles(options);
  return picked.map((file) => Object.assign(file, { blob: () => blobOf(base, file.grant, file.type) }));
}

async function blobOf(base: string, grant: string, type: string): Promise<Blob> {
  const answer = await fetch(`${base}picked/${grant}`);
  if (!answer.ok) throw await answer.json();
  return new Blob([await answer.arrayBuffer()], { type });
}

/** The one call whose argument is bytes: where they go stands in a header, which holds ASCII only. */
async function putBody(body: Blob, to: PutTo): Promise<PutAnswer> {
  const headers = { "amphora-put-to": encodeURIComponent(JSON.stringify(to)) };
  return invoke<PutAnswer>("put_body", await body.arrayBuffer(), { headers });
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
