// Which element takes a drop: it says its place in `data-drop-target`, and the innermost one under the pointer is meant. Pure.
import type { PlaceInfo, PlaceRef } from "../host";

/** The value of `data-drop-target`. */
export function dropTarget(place: PlaceRef): string {
  const { space, folder } = place;
  return JSON.stringify([space.level, space.owner, folder]);
}

export type Target = { element: Element; place: PlaceRef };

/** The target under an element, if any. */
export function targetOf(element: Element | null): Target | null {
  const found = element?.closest("[data-drop-target]");
  const place = found && read(found.getAttribute("data-drop-target"));
  return found && place ? { element: found, place } : null;
}

export type Refusal = "readOnly" | "needsAccount";

/** Why a place takes nothing, or null. */
export function refusalOf({ access, verbs }: PlaceInfo): Refusal | null {
  if (access === "needsAccount") return access;
  return verbs.write ? null : "readOnly";
}

function read(value: string | null): PlaceRef | null {
  const parts: unknown = JSON.parse(value ?? "null");
  if (!Array.isArray(parts)) return null;
  const [level, owner, folder] = parts as [PlaceRef["space"]["level"], string | null, string];
  return { space: { level, owner }, folder };
}
