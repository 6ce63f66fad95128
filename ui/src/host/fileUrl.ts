// Makes the addresses of the `amphora:` protocol. Does no I/O.
import type { FileUrlKind, FileUrlOptions, SpaceRef } from ".";

/** `{base}{what}/{level}/{owner|-}/{key as ONE segment}?size=256&v=ETAG&first=1` */
export function protocolUrl(
  base: string,
  kind: FileUrlKind,
  space: SpaceRef,
  key: string,
  options: FileUrlOptions,
): string {
  const owner = space.owner === null ? "-" : encodeURIComponent(space.owner);
  const query = new URLSearchParams();
  if (options.size !== undefined) query.set("size", String(options.size));
  query.set("v", options.version);
  if (options.first) query.set("first", "1");
  if (options.again) query.set("n", String(options.again));
  // The last one: see `untracked`.
  if (options.track) query.set("track", "1");
  return `${base}${kind}/${space.level}/${owner}/${encodeURIComponent(key)}?${query}`;
}

/** The same address, for who asks without a note in the activity log. */
export function untracked(url: string): string {
  return url.replace(/&track=1$/, "");
}

/** `{base}local/{transfer}?size=256` */
export function localPictureUrl(base: string, transfer: number, size: number): string {
  return `${base}local/${transfer}?size=${size}`;
}

/** Windows' web view knows no custom schemes; Tauri serves them there as a host name. */
export function protocolBase(userAgent: string): string {
  return userAgent.includes("Windows") ? "http://amphora.localhost/" : "amphora://localhost/";
}
