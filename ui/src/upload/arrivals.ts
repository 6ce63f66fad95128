// Which uploads of this window have not been told as arrived yet.
import type { PlaceRef } from "../host";

let begun: PlaceRef[] = [];

/** Something was queued for this place. */
export function noteUpload(place: PlaceRef): void {
  begun.push(place);
}

/** Places that something was queued for since the last time. */
export function takeUploads(): PlaceRef[] {
  const places = begun;
  begun = [];
  return places;
}

export function hasUploads(): boolean {
  return begun.length > 0;
}
