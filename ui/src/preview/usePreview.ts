// Which file the lightbox shows, and its neighbours: folders are passed over, pictures next to it are fetched ahead.
import { useEffect, useState } from "react";
import { type Cursor, type ListingState, useFetchRows, useLatest } from "../folder";
import { type Row, type SpaceRef, useHost } from "../host";

export type Preview = {
  row: Row | null;
  /** Among the files, from 1. */
  position: number;
  /** Files in the listing. */
  count: number;
  previous: (() => void) | null;
  next: (() => void) | null;
};

type Options = { listing: ListingState; space: SpaceRef; start: number; onShow: (row: Cursor) => void };

export function usePreview({ listing, space, start, onShow }: Options): Preview {
  const host = useHost();
  const fetchRows = useFetchRows(listing);
  const [index, setIndex] = useState(start);
  const [row, setRow] = useState<Row | null>(null);
  const [folders, setFolders] = useState(0);
  const show = useLatest(onShow);
  const { count } = listing;

  useEffect(() => {
    let current = true;
    const read = async () => {
      const first = Math.max(0, index - 1);
      const near = await fetchRows(first, index + 2);
      const here = near[index - first];
      if (!current || !here) return;
      setRow(here);
      show.current({ id: here.id, key: here.key, index });
      for (const { media, key, etag } of near) {
        if (media === "image") new Image().src = host.fileUrl("picture", space, key, { version: etag });
      }
    };
    read().catch(() => null);
    return () => {
      current = false;
    };
  }, [host, fetchRows, space, index, show]);

  useEffect(() => {
    let current = true;
    const search = async () => {
      const found = await firstFile(fetchRows, index);
      if (current) setFolders(found);
    };
    search().catch(() => null);
    return () => {
      current = false;
    };
  }, [fetchRows, index]);

  return {
    row,
    position: index - folders + 1,
    count: count - folders,
    previous: index > folders ? () => setIndex(index - 1) : null,
    next: index < count - 1 ? () => setIndex(index + 1) : null,
  };
}

/** Folders come first in every order: the index of the first file at or before `index`, by halving. */
async function firstFile(fetchRows: (first: number, end: number) => Promise<Row[]>, index: number): Promise<number> {
  let [low, high] = [0, index];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    // oxlint-disable-next-line no-await-in-loop -- each step depends on the one before
    const [row] = await fetchRows(middle, middle + 1);
    if (row?.kind === "folder") low = middle + 1;
    else high = middle;
  }
  return low;
}
