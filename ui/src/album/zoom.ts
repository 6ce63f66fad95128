// How close one looks at an album: a tile's height and how it is cut into sections. Remembered on this computer.
import { useState } from "react";
import type { AlbumBy } from "../host";

export const ZOOMS: readonly AlbumBy[] = ["day", "month", "year"];

/** Height of a tile in CSS pixels, as nearly as its line allows. */
export const TILE: Record<AlbumBy, number> = { day: 200, month: 128, year: 76 };

const STORE = "amphora.album.zoom";

export function useZoom(): [AlbumBy, (zoom: AlbumBy) => void] {
  const [zoom, setZoom] = useState(remembered);
  return [
    zoom,
    (next) => {
      setZoom(next);
      try {
        localStorage.setItem(STORE, next);
      } catch {
        // A full or forbidden store only means that the choice lasts for this visit.
      }
    },
  ];
}

function remembered(): AlbumBy {
  try {
    const stored = localStorage.getItem(STORE);
    return ZOOMS.find((zoom) => zoom === stored) ?? "day";
  } catch {
    return "day";
  }
}
