// The picture that stands for a folder: the one that was chosen, else its newest. One look into the folder, kept for a while.
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useAppState } from "../api";
import { type AppState, type Host, type PlaceRef, type Row, useHost } from "../host";
import { spaceId } from "../place";

/** Sub-folders come first in every order; behind this many nobody looks for a picture. */
const REACH = 200;
const FRESH = 5 * 60_000;

/** What is needed of a picture to show it. */
type Shown = Pick<Row, "key" | "etag">;

export type Cover = {
  /** Null: no picture can stand for the folder. */
  cover: Shown | null;
  /** To be called when it can't be shown: the next one stands in. */
  failed: (cover: Shown) => void;
};

/** `on`: the folder may be looked into. */
export function useCover(place: PlaceRef, on: boolean): Cover {
  const host = useHost();
  const state = useAppState();
  const [unreadable, setUnreadable] = useState<ReadonlySet<string>>(new Set());
  const { data: candidates = [] } = useQuery({
    queryKey: coverKey(state, place),
    queryFn: () => candidatesOf(host, place),
    enabled: on,
    staleTime: FRESH,
    // A folder that can't be looked into has no cover, and is still a folder.
    retry: false,
  });
  const failed = useCallback((cover: Shown) => setUnreadable((before) => new Set([...before, versionOf(cover)])), []);
  return { cover: candidates.find((row) => !unreadable.has(versionOf(row))) ?? null, failed };
}

/** Under which the cover of a folder is kept for a while. */
export function coverKey({ storage, account }: AppState, { space, folder }: PlaceRef): string[] {
  const who = account.kind === "person" ? account.username : account.kind;
  return ["cover", storage?.id ?? "", who, spaceId(space), folder];
}

/** The best first. */
async function candidatesOf({ commands }: Host, place: PlaceRef): Promise<Shown[]> {
  const wanted = await commands.albumCover(place);
  const { id, complete } = await commands.openListing(
    place,
    { by: "taken", descending: true },
    { text: "", media: "pictures" },
  );
  try {
    const newest = (await commands.rows(id, 0, REACH)).find(isPicture);
    const at = wanted === null ? null : await commands.positionOf(id, wanted);
    const chosen: Shown[] = at === null ? [] : await commands.rows(id, at, at + 1);
    // In a large folder it may not be among the rows yet: then showing it tells whether it is there.
    if (wanted !== null && at === null && !complete) chosen.push({ key: wanted, etag: "" });
    return newest ? [...chosen, newest] : chosen;
  } finally {
    await commands.closeListing(id);
  }
}

export function isPicture({ kind, media }: Row): boolean {
  return kind === "file" && media === "image";
}

function versionOf({ key, etag }: Shown): string {
  return `${etag} ${key}`;
}
