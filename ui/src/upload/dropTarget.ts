// Which element takes a drop: it says its place in `data-drop-target`, and the innermost one under the pointer is meant.
import type { PlaceInfo, PlaceRef } from "../host";
import { infoOf } from "../place";

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

/** A target as it is pictured: where it stands, and whether it takes anything. */
export type HoveredTarget = {
  element: Element;
  place: PlaceRef;
  info: PlaceInfo;
  box: DOMRect;
  refusal: Refusal | null;
};

/** The target at a point of the page, in CSS pixels. */
export function targetAt(x: number, y: number, places: readonly PlaceInfo[]): HoveredTarget | null {
  const target = targetOf(document.elementFromPoint(x, y));
  if (!target) return null;
  const info = infoOf(target.place.space, places);
  return { ...target, info, box: target.element.getBoundingClientRect(), refusal: refusalOf(info) };
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
