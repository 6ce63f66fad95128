// The Place value: which space and which folder. Equality, parents, crumbs; pure.
import type { PlaceInfo, PlaceRef, SpaceRef } from "../host";
import { words } from "../words";

export function samePlace(a: PlaceRef, b: PlaceRef): boolean {
  return sameSpace(a.space, b.space) && a.folder === b.folder;
}

export function sameSpace(a: SpaceRef, b: SpaceRef): boolean {
  return a.level === b.level && a.owner === b.owner;
}

export function spaceId(space: SpaceRef): string {
  return `${space.level}/${space.owner ?? ""}`;
}

export function spaceName(space: SpaceRef): string {
  if (space.level === "path") return pathName(space.owner ?? "");
  return space.owner === null ? words.place.levels[space.level] : words.place.personsSpace;
}

/** Stands for the id of whoever asks. */
const isOwner = (segment: string) => segment.startsWith("${") || segment.startsWith("{");

/** The name of `BUCKET/RULE`: `files/media/*` is "media", a path with the person's id in it is theirs. */
function pathName(id: string): string {
  const segments = id.split("/").slice(1);
  const name = segments.filter((segment) => segment !== "*" && segment !== "" && !isOwner(segment)).join(" / ");
  if (name === "") return words.place.wholeBucket;
  return segments.some(isOwner) ? words.place.ownPath(name) : name;
}

/** The folder above, or null at the top of the space. */
export function parentPlace(place: PlaceRef): PlaceRef | null {
  if (place.folder === "") return null;
  const above = place.folder.slice(0, place.folder.lastIndexOf("/", place.folder.length - 2) + 1);
  return { space: place.space, folder: above };
}

/** The folder inside this one. */
export function childPlace(place: PlaceRef, name: string): PlaceRef {
  return { space: place.space, folder: `${place.folder}${name}/` };
}

export type Crumb = { name: string; place: PlaceRef };

/** From the space down to the folder itself. A folder may have an empty name: `a//b` is a legal key. */
export function crumbsOf(place: PlaceRef): Crumb[] {
  const names = place.folder === "" ? [] : place.folder.slice(0, -1).split("/");
  const crumbs: Crumb[] = [{ name: spaceName(place.space), place: { space: place.space, folder: "" } }];
  let folder = "";
  for (const name of names) {
    folder += `${name}/`;
    crumbs.push({ name, place: { space: place.space, folder } });
  }
  return crumbs;
}

/** The name shown for the place itself: its folder, or the space at the top. */
export function placeName(place: PlaceRef): string {
  return crumbsOf(place).at(-1)?.name ?? spaceName(place.space);
}

/** "Private / Site visits" */
export function placePath(place: PlaceRef): string {
  return crumbsOf(place)
    .map((crumb) => crumb.name)
    .join(" / ");
}

/** What is known about the space; a person's space that Rust did not list is only readable. */
export function infoOf(space: SpaceRef, places: readonly PlaceInfo[]): PlaceInfo {
  return (
    places.find((info) => sameSpace(info.space, space)) ?? {
      space,
      audience: space.owner === null || space.level === "path" ? "unknown" : "sharedReadOnly",
      access: "readOnly",
      verbs: { get: true, list: true, write: false, delete: false },
      bucket: null,
    }
  );
}

/** Where a person starts: the first place that they can open. */
export function firstPlace(places: readonly PlaceInfo[]): PlaceRef {
  const info = places.find(({ access }) => access !== "needsAccount") ?? places[0];
  return { space: info?.space ?? { level: "public", owner: null }, folder: "" };
}
