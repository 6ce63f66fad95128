// A folder of the storage as an album, as Amplify's users know it: S3Image and S3Text tiles, filter, sort, select.
import { useCallback, useMemo, useState } from "react";
import { useAllRows, useListing } from "../folder";
import type { Failure, Level, PlaceRef, Row } from "../host";
import { FailureFace } from "../session";
import { words } from "../words";
import { AlbumGrid } from "./AlbumGrid";
import { type AlbumItem, type AlbumSort, itemOf, ordered } from "./order";
import { plainSections, sectionsByDay } from "./sections";

export type S3AlbumProps = {
  /** The folder, with or without its last slash; default: the top of the level. */
  path?: string;
  /** Default "public". */
  level?: Level;
  /** Whose protected files; default: mine. */
  identityId?: string;
  /** Which items are shown; `item.path` is the key. */
  filter?: (item: AlbumItem) => boolean;
  /** "field [asc|desc]" or a function; default "lastModified", which is newest first, by days. */
  sort?: AlbumSort;
  /** Items can be selected. */
  select?: boolean;
  /** After a change of the selection: the item, and all that are selected. */
  onSelect?: (item: AlbumItem, selected: AlbumItem[]) => void;
  onClickItem?: (item: AlbumItem) => void;
};

const BY_DAY = "lastModified";

export function S3Album(props: S3AlbumProps) {
  const {
    path = "",
    level = "public",
    identityId,
    filter,
    sort = BY_DAY,
    select = false,
    onSelect,
    onClickItem,
  } = props;
  const folder = path === "" || path.endsWith("/") ? path : `${path}/`;
  const place = useMemo<PlaceRef>(
    () => ({ space: { level, owner: identityId ?? null }, folder }),
    [level, identityId, folder],
  );
  const listing = useListing({
    place,
    sort: { by: "modified", descending: true },
    filter: { text: "", media: "all" },
  });
  const { rows, more, failure } = useAllRows(listing);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [focus, setFocus] = useState<number | null>(null);
  const [now] = useState(Date.now);

  const items = useMemo(() => {
    const files = rows.filter((row) => row.kind === "file").map(itemOf);
    return ordered(filter ? files.filter((item) => filter(item)) : files, sort);
  }, [rows, filter, sort]);
  const sections = useMemo(
    () => (sort === BY_DAY ? sectionsByDay(items, now, more) : plainSections(items)),
    [items, sort, now, more],
  );

  const toggle = useCallback(
    (row: Row) => {
      const next = new Set(selected);
      if (!next.delete(row.id)) next.add(row.id);
      setSelected(next);
      onSelect?.(
        itemOf(row),
        items.filter(({ id }) => next.has(id)),
      );
    },
    [selected, items, onSelect],
  );

  const broken: Failure | null = listing.failure ?? failure;
  if (broken && rows.length === 0) return <FailureFace failure={broken} onRetry={listing.refresh} />;
  return (
    <AlbumGrid
      label={words.album.grid(folder)}
      sections={sections}
      space={place.space}
      isSelected={(row) => selected.has(row.id)}
      selecting={select && selected.size > 0}
      focus={focus}
      onFocus={(_, index) => setFocus(index)}
      onPress={(row) => {
        onClickItem?.(itemOf(row));
        if (select) toggle(row);
      }}
      onSelect={select ? toggle : undefined}
    />
  );
}
