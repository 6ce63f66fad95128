// Which view a folder is shown in, remembered per folder on this computer. Holds no file names, only hashes of places.
import type { PlaceRef } from "../host";
import { spaceId } from "./place";

export type View = "list" | "grid" | "album";

const VIEWS: readonly View[] = ["list", "grid", "album"];
const STORE = "amphora.views";
const MOST = 500;

export function rememberedView(storage: string, place: PlaceRef): View {
  const found = read()[idOf(storage, place)];
  return VIEWS.find((view) => view === found) ?? "list";
}

export function rememberView(storage: string, place: PlaceRef, view: View): void {
  const { [idOf(storage, place)]: _before, ...rest } = read();
  const entries = Object.entries({ ...rest, [idOf(storage, place)]: view }).slice(-MOST);
  try {
    localStorage.setItem(STORE, JSON.stringify(Object.fromEntries(entries)));
  } catch {
    // A full or forbidden store only means that the choice lasts for this visit.
  }
}

function read(): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORE) ?? "{}");
    return typeof stored === "object" && stored !== null ? { ...stored } : {};
  } catch {
    return {};
  }
}

/** FNV-1a over the place: another person on this computer learns no folder names from the store. */
function idOf(storage: string, place: PlaceRef): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(`${storage}\n${spaceId(place.space)}\n${place.folder}`)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(36);
}
