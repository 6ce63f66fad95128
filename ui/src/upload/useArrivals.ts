// "12 items are in Public": told once, when everything that was sent has arrived.
import { useEffect, useRef } from "react";
import { type PlaceRef, type TransferRow, type TransferSummary, useHost } from "../host";
import { toast } from "../kit";
import { placePath, sameSpace } from "../place";
import { words } from "../words";
import { hasUploads, takeUploads } from "./arrivals";

/** Newest rows that are looked at. */
const LOOKED_AT = 2_000;

export function useArrivals(): void {
  const host = useHost();
  const told = useRef(0);
  useEffect(() => {
    // Finished before this window looked: told already.
    host.commands
      .transferRows("done", 0, LOOKED_AT)
      .then((rows) => {
        told.current = Math.max(told.current, ...rows.map(({ id }) => id));
      })
      .catch(() => null);
    const tell = async () => {
      const places = takeUploads();
      const rows = await host.commands.transferRows("done", 0, LOOKED_AT);
      const arrived = rows.filter((row) => row.id > told.current && row.state === "done" && row.kind === "upload");
      told.current = Math.max(told.current, ...rows.map(({ id }) => id));
      for (const [place, count] of countByPlace(arrived, places)) {
        toast({ text: words.upload.arrived(count, placePath(place)) });
      }
    };
    return host.listen("transfersChanged", (summary) => {
      if (isQuiet(summary) && hasUploads()) tell().catch(() => null);
    });
  }, [host]);
}

function isQuiet({ running, waiting, needsYou }: TransferSummary): boolean {
  return running + waiting + needsYou === 0;
}

/** Files below a place count for it, once. */
export function countByPlace(rows: readonly TransferRow[], places: readonly PlaceRef[]): [PlaceRef, number][] {
  const counts = new Map<string, [PlaceRef, number]>();
  // The innermost place first, so that a file of a subfolder is not counted for the folder above.
  const inner = places.toSorted((a, b) => b.folder.length - a.folder.length);
  for (const row of rows) {
    const place = inner.find((one) => sameSpace(one.space, row.space) && row.folder.startsWith(one.folder));
    if (!place) continue;
    const id = placePath(place);
    counts.set(id, [place, (counts.get(id)?.[1] ?? 0) + 1]);
  }
  return [...counts.values()];
}
