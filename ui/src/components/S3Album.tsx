// What begins with a path of the storage as an album, as Amplify's users know it: S3Image and S3Text tiles, filter, sort, select, picker.
import { type CSSProperties, useEffect, useMemo, useRef, useState } from "react";
import { useAllRows, useLatest, useListing } from "../folder";
import { type Failure, type Level, type PlaceRef, type Row, useHost } from "../host";
import { sameSpace } from "../place";
import { words } from "../words";
import { AlbumFace } from "./AlbumFace";
import { AlbumGrid } from "./AlbumGrid";
import type { FileToKey } from "./calcKey";
import {
  type AlbumContentType,
  type AlbumFilterProp,
  type AlbumItem,
  type AlbumSort,
  filtered,
  itemOf,
  ordered,
} from "./order";
import { Picker } from "./Picker";
import type { AnyFile, Pick } from "./reading";
import styles from "./S3Album.module.css";
import { plainSections, sectionsByDay } from "./sections";
import { StorageDefaults, useStorageDefaults } from "./StorageDefaults";
import type { Translate } from "./translate";
import { useAlbumPicker } from "./useAlbumPicker";

export type S3AlbumProps = {
  /** What the keys begin with: "photos/" is that folder and all below it, "photo" is also "photo.png". Default: all of the level. */
  path?: string;
  /** Default as configured by StorageDefaults, else "public". */
  level?: Level;
  /** Whose protected files; default: mine. */
  identityId?: string;
  /** Which items are shown: told an item, whose `path` is its key, or all of them, returning those to show. */
  filter?: AlbumFilterProp;
  /** "field [asc|desc]" or a function; default "lastModified", which is newest first, by days. */
  sort?: AlbumSort;
  /** A button to pick files; their keys are the path, as it is, followed by what `fileToKey` says. */
  picker?: boolean;
  /** On that button. Default "Pick". */
  pickerTitle?: string;
  /** The key, behind the path, of a picked file: a name, or a function of its name, size and type. */
  fileToKey?: FileToKey;
  /** The content type of all items, or a function of an item; decides how they are drawn. Default by the name. */
  contentType?: AlbumContentType;
  /** Items can be selected. */
  select?: boolean;
  /** After a change of the selection: the item, and all that are selected. `(null, [])` when it was emptied. */
  onSelect?: (item: AlbumItem | null, selected: AlbumItem[]) => void;
  /** An item was pressed; also without `select`. */
  onClickItem?: (item: AlbumItem) => void;
  /** Told of each picked file before it is stored: exactly `{ file, name, size, type }`. */
  onPick?: (pick: Pick) => void;
  /** A picked file is stored. */
  onLoad?: (stored: { key: string; contentType: string }) => void;
  /** The album can't be listed, or a picked file was not stored. */
  onError?: (failure: Failure) => void;
  /** Shown in place of each item, or made from it; see S3Image and S3Text. */
  translateItem?: Translate;
  /** Lists and gets are noted in the account's activity log, where what is stored always is. Default as configured by StorageDefaults. */
  track?: boolean;
  /** Styles by part: of the whole, of its button, of pictures and texts; `albumPhoto` and `albumText` go over these two. */
  theme?: Partial<Record<"album" | "picker" | "photo" | "text" | "albumPhoto" | "albumText", CSSProperties>>;
  /** Another value lists anew and empties the selection. */
  ts?: string | number;
  /** The Angular set's event: told the picked file itself. */
  picked?: (file: AnyFile) => void;
  /** The Angular set's event: told the key of what was stored. */
  uploaded?: (stored: { key: string }) => void;
  /** The Angular set's event: told the address of a pressed picture. */
  selected?: (url: string) => void;
};

const BY_DAY = "lastModified";
const NOTHING: ReadonlySet<number> = new Set();

export function S3Album(props: S3AlbumProps) {
  const { path = "", identityId, filter, sort = BY_DAY, picker = false, contentType, ts } = props;
  const { select = false, onSelect, onClickItem, translateItem, theme } = props;
  const host = useHost();
  const defaults = useStorageDefaults();
  const { level = defaults.level, track = defaults.track } = props;
  const place = useMemo<PlaceRef>(
    () => ({ space: { level, owner: identityId ?? null }, folder: path }),
    [level, identityId, path],
  );
  const listing = useListing({
    place,
    sort: { by: "modified", descending: true },
    filter: { text: "", media: "all" },
    isPrefix: true,
  });
  const all = useAllRows(listing);
  const latest = useLatest({ ...props, listing });
  // While another place is opened, the old one's rows are nobody's.
  const isHere = sameSpace(listing.query.place.space, place.space) && listing.query.place.folder === path;
  const rows = isHere ? all.rows : NO_ROWS;
  const { more } = all;
  const [now] = useState(Date.now);

  const items = useMemo(() => {
    const known = rows.map((row) => itemOf(row, contentType));
    return ordered(filtered(known, filter), sort);
  }, [rows, filter, sort, contentType]);
  const sections = useMemo(
    () => (sort === BY_DAY ? sectionsByDay(items, now, more) : plainSections(items)),
    [items, sort, now, more],
  );

  const [marked, setMarked] = useState(NOTHING);
  const [focus, setFocus] = useState<number | null>(null);
  const press = (row: Row) => {
    const item = items.find(({ id }) => id === row.id);
    if (item) onClickItem?.(item);
    if (item?.media === "image") {
      props.selected?.(host.fileUrl("picture", place.space, item.key, { version: item.etag, track }));
    }
    if (select) toggle(row);
  };
  const toggle = (row: Row) => {
    const next = new Set(marked);
    if (!next.delete(row.id)) next.add(row.id);
    setMarked(next);
    const item = items.find(({ id }) => id === row.id);
    if (item)
      onSelect?.(
        item,
        items.filter(({ id }) => next.has(id)),
      );
  };

  // What is selected must be what is seen: another place, `ts` or `select` empties the selection, as in the original.
  const shown = JSON.stringify([place, ts, select]);
  const [seen, setSeen] = useState(shown);
  if (seen !== shown) {
    setSeen(shown);
    setMarked(NOTHING);
    setFocus(null);
  }
  const before = useRef({ shown, ts });
  useEffect(() => {
    const was = before.current;
    before.current = { shown, ts };
    if (was.shown === shown) return;
    latest.current.onSelect?.(null, []);
    if (was.ts !== ts) latest.current.listing.refresh();
  }, [shown, ts, latest]);

  const failure = (isHere ? listing.failure : null) ?? all.failure;
  useEffect(() => {
    if (failure) latest.current.onError?.(failure);
  }, [failure, latest]);
  const listed = isHere && listing.complete ? listing.id : null;
  useEffect(() => {
    // An album that is gone by then has nothing to note.
    if (track && listed !== null) host.commands.trackListing(listed).catch(() => null);
  }, [host, track, listed]);

  const itemTheme = useMemo(
    () => theme && { photo: { ...theme.photo, ...theme.albumPhoto }, text: { ...theme.text, ...theme.albumText } },
    [theme],
  );
  const uploads = useAlbumPicker(props, place);
  const bar = picker && (
    <div className={styles.bar}>
      <Picker
        title={props.pickerTitle ?? words.components.pick}
        accept="image/*, text/*"
        theme={theme}
        picked={props.picked}
        onPickAll={uploads.put}
        onError={props.onError}
      />
      {uploads.dialog}
    </div>
  );
  const isRead = isHere && listing.complete && !more && rows.length >= listing.count;
  const face = rows.length === 0 && failure ? failure : items.length > 0 ? null : isRead ? "empty" : "loading";
  const body =
    face !== null ? (
      <AlbumFace face={face} onRetry={listing.refresh} />
    ) : (
      <StorageDefaults track={track} translate={translateItem} theme={itemTheme}>
        <AlbumGrid
          label={words.album.grid(path)}
          sections={sections}
          space={place.space}
          isSelected={(row) => marked.has(row.id)}
          selecting={select && marked.size > 0}
          focus={focus}
          onFocus={(_, index) => setFocus(index)}
          onPress={press}
          // Also while others are selected: to who uses the album it is a press like any other.
          onSelect={select ? press : undefined}
        />
      </StorageDefaults>
    );
  return (
    <div className={styles.album} style={theme?.album}>
      {bar}
      {uploads.failure && (
        <p role="alert" className={styles.error}>
          {uploads.failure.message}
        </p>
      )}
      {body}
    </div>
  );
}

const NO_ROWS: readonly Row[] = [];
