// Which file the lightbox shows, and its neighbours: folders are passed over, pictures next to it are fetched ahead.
import { useEffect, useState } from "react";
import { type Cursor, type ListingState, useFetchRows, useLatest } from "../folder";
import { type Row, type SpaceRef, useHost } from "../host";
import { useAhead } from "./useAhead";

export type Preview = {
  row: Row | null;
  /** In the listing. */
  index: number;
  /** Among the files, from 1. */
  position: number;
  /** Files in the listing. */
  count: number;
  /** The files around it, and the index of the first of them. */
  near: { rows: readonly Row[]; first: number };
  previous: (() => void) | null;
  next: (() => void) | null;
  go: (index: number) => void;
};

type Options = { listing: ListingState; space: SpaceRef; start: number; onShow: (row: Cursor) => void };

/** Neighbours on either side for the filmstrip, and those of them that are fetched in large. */
const NEAR = 8;
const AHEAD = 2;

export function usePreview({ listing, space, start, onShow }: Options): Preview {
  const host = useHost();
  const fetchRows = useFetchRows(listing);
  const [index, setIndex] = useState(start);
  const [row, setRow] = useState<Row | null>(null);
  const [near, setNear] = useState<Preview["near"]>({ rows: [], first: 0 });
  const [ahead, setAhead] = useState<readonly string[]>([]);
  const [folders, setFolders] = useState(0);
  const show = useLatest(onShow);
  const { count } = listing;

  useEffect(() => {
    let current = true;
    const read = async () => {
      const first = Math.max(0, index - NEAR);
      const around = await fetchRows(first, index + NEAR + 1);
      const here = around[index - first];
      if (!current || !here) return;
      setRow(here);
      show.current({ id: here.id, key: here.key, index });
      const file = around.findIndex(({ kind }) => kind === "file");
      setNear({ rows: around.slice(file), first: first + file });
      const next = around.filter((_, at) => Math.abs(first + at - index) <= AHEAD);
      const pictures = next.filter(({ media }) => media === "image");
      setAhead(pictures.map(({ key, etag }) => host.fileUrl("picture", space, key, { version: etag })));
    };
    read().catch(() => null);
    return () => {
      current = false;
    };
  }, [host, fetchRows, space, index, show]);

  useAhead(ahead);

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
    index,
    position: index - folders + 1,
    count: count - folders,
    near,
    previous: index > folders ? () => setIndex(index - 1) : null,
    next: index < count - 1 ? () => setIndex(index + 1) : null,
    go: setIndex,
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
