// Listings in memory: sorted, filtered rows with ids that stay, and news when files change.
import type { AlbumFilter, Commands, Filter, OpenedListing, PlaceRef, Row, Selection, Sort } from "..";
import { dateOf, factsOf } from "./album";
import { failure, needsAccount, offline, refusedFolder } from "./failures";
import { type FakeFile, mediaOf } from "./samples";
import type { World } from "./world";

type ListingCommands = Pick<
  Commands,
  | "openListing"
  | "openPrefix"
  | "rows"
  | "positionOf"
  | "refreshListing"
  | "closeListing"
  | "selectionSummary"
  | "newFolder"
  | "deleteSelection"
>;

export type Listing = {
  place: PlaceRef;
  sort: Sort;
  filter: Filter;
  /** Files of every depth, and no folders. */
  deep: boolean;
  rows: Row[];
  ids: Map<string, number>;
  revision: number;
  failure: OpenedListing["failure"];
};

export type Listings = {
  commands: ListingCommands;
  /** The rows that a selection stands for. */
  selected: (selection: Selection) => Row[];
  placeOf: (selection: Selection) => PlaceRef;
  /** An open listing; a closed one is a failure. */
  get: (id: number) => Listing;
  isOpen: (id: number) => boolean;
};

export function createListings(world: World): Listings {
  const open = new Map<number, Listing>();
  let next = 1;

  const get = (id: number): Listing => {
    const listing = open.get(id);
    if (!listing) throw failure("unexpected", "Couldn't read this listing: it was closed.", "Open the folder again.");
    return listing;
  };
  const selected = (selection: Selection): Row[] => {
    const ids = new Set(selection.ids);
    return get(selection.listing).rows.filter((row) => (selection.kind === "only") === ids.has(row.id));
  };
  const refill = (listing: Listing) => {
    listing.failure = failureFor(world, listing.place);
    listing.rows = listing.failure ? [] : rowsOf(world.filesOf(listing.place.space), listing, world.seen);
  };
  const announce = (id: number, listing: Listing) => {
    listing.revision += 1;
    world.emit("listingChanged", {
      id,
      revision: listing.revision,
      count: listing.rows.length,
      complete: true,
      updatedAt: world.options.now(),
      failure: listing.failure,
    });
  };

  /** What an album of a time leaves out is looked at as well. */
  const lookThrough = (id: number) => {
    setTimeout(() => {
      const listing = open.get(id);
      if (!listing) return;
      for (const { etag } of world.filesOf(listing.place.space)) world.seen.add(etag);
      refill(listing);
      announce(id, listing);
    }, world.options.latency);
  };

  world.touched.add((space) => {
    for (const [id, listing] of open) {
      if (listing.place.space.level !== space.level || listing.place.space.owner !== space.owner) continue;
      refill(listing);
      announce(id, listing);
    }
  });

  const opened = (asked: Pick<Listing, "place" | "sort" | "filter" | "deep">): OpenedListing => {
    // Rows keep their ids as long as any view of their folder is open.
    const isTwin = (other: Listing) => isSame(other.place, asked.place) && other.deep === asked.deep;
    const ids = [...open.values()].find(isTwin)?.ids ?? new Map();
    const listing: Listing = { ...asked, rows: [], ids, revision: 0, failure: null };
    refill(listing);
    const id = next++;
    open.set(id, listing);
    const { album } = asked.filter;
    if (album && (album.takenFrom !== null || album.takenUntil !== null)) lookThrough(id);
    return {
      id,
      count: listing.rows.length,
      complete: true,
      updatedAt: listing.failure?.code === "offline" ? null : world.options.now(),
      failure: listing.failure,
    };
  };

  return {
    selected,
    placeOf: (selection) => get(selection.listing).place,
    get,
    isOpen: (id) => open.has(id),
    commands: {
      openListing: async (place, sort, filter) => opened({ place, sort, filter, deep: false }),
      openPrefix: async (space, folder, sort) =>
        opened({ place: { space, folder }, sort, filter: { text: "", media: "all" }, deep: true }),
      rows: async (id, start, end) => get(id).rows.slice(start, end),
      positionOf: async (id, key) => {
        const position = get(id).rows.findIndex((row) => row.key === key);
        return position < 0 ? null : position;
      },
      refreshListing: async (id) => {
        const listing = get(id);
        refill(listing);
        announce(id, listing);
        return null;
      },
      closeListing: async (id) => {
        open.delete(id);
        return null;
      },
      selectionSummary: async (selection) => {
        const rows = selected(selection);
        const files = rows.flatMap((row) => filesUnder(world, get(selection.listing).place, row));
        return {
          rows: rows.length,
          files: files.length,
          folders: rows.filter((row) => row.kind === "folder").length,
          bytes: files.reduce((sum, file) => sum + file.size, 0),
        };
      },
      newFolder: async (place, name) => {
        const files = world.filesOf(place.space);
        const key = `${place.folder}${name}/`;
        if (files.some((file) => file.key.startsWith(key))) {
          throw failure("alreadyExists", `Couldn't create “${name}”: it is already here.`, "Choose another name.");
        }
        files.push({ key, size: 0, modified: world.options.now(), etag: "" });
        for (const touch of world.touched) touch(place.space);
        return null;
      },
      deleteSelection: async (selection) => {
        const { place } = get(selection.listing);
        const gone = new Set(selected(selection).flatMap((row) => filesUnder(world, place, row)));
        const files = world.filesOf(place.space);
        files.splice(0, files.length, ...files.filter((file) => !gone.has(file)));
        for (const touch of world.touched) touch(place.space);
        return { done: gone.size, failed: [], queued: 0 };
      },
    },
  };
}

function failureFor(world: World, place: PlaceRef) {
  if (place.space.level !== "public" && world.state.account.kind !== "person") return needsAccount(place.space.level);
  if (world.has("error")) return refusedFolder;
  if (world.has("offline")) return offline;
  return null;
}

function isSame(a: PlaceRef, b: PlaceRef): boolean {
  return JSON.stringify([a.space, a.folder]) === JSON.stringify([b.space, b.folder]);
}

function filesUnder(world: World, place: PlaceRef, row: Row): FakeFile[] {
  return world
    .filesOf(place.space)
    .filter((file) => (row.kind === "folder" ? file.key.startsWith(row.key) : file.key === row.key));
}

function rowsOf(files: FakeFile[], listing: Listing, seen: ReadonlySet<string>): Row[] {
  const { folder } = listing.place;
  const rows = new Map<string, Row>();
  for (const file of files) {
    if (!file.key.startsWith(folder)) continue;
    const rest = file.key.slice(listing.deep ? file.key.lastIndexOf("/") + 1 : folder.length);
    if (rest === "") continue;
    const slash = rest.indexOf("/");
    const name = slash < 0 ? rest : rest.slice(0, slash);
    const key = slash < 0 ? file.key : `${folder}${name}/`;
    if (rows.has(key)) continue;
    const id = listing.ids.get(key) ?? listing.ids.size + 1;
    listing.ids.set(key, id);
    rows.set(
      key,
      slash < 0
        ? {
            id,
            name,
            key,
            kind: "file",
            media: mediaOf(name),
            size: file.size,
            modified: file.modified,
            etag: file.etag,
          }
        : { id, name, key, kind: "folder", media: "folder", size: 0, modified: null, etag: "" },
    );
  }
  const { text, media, album } = listing.filter;
  const wanted = plain(text);
  const shown = [...rows.values()]
    .filter((row) => plain(row.name).includes(wanted))
    .filter((row) => media === "all" || (media === "pictures" && row.media === "image") || row.media === "folder")
    .filter((row) => !album || row.kind === "folder" || albumShows(album, row, seen));
  return ordered(shown, listing.sort, seen);
}

/** Rows in an order. Only those that were looked at stand at the date when they were taken. */
export function ordered(rows: readonly Row[], sort: Sort, seen: ReadonlySet<string>): Row[] {
  return rows.toSorted(order(sort, seen));
}

function albumShows(filter: AlbumFilter, row: Row, seen: ReadonlySet<string>): boolean {
  const { name, kinds, from, until, takenFrom, takenUntil } = filter;
  const modified = row.modified ?? Number.NaN;
  const taken = (row.media === "image" && seen.has(row.etag) ? factsOf(row).taken : null) ?? Number.NaN;
  return (
    (takenFrom === null || taken >= takenFrom) &&
    (takenUntil === null || taken < takenUntil) &&
    (!name?.text || matches(name.how, name.text, row.name)) &&
    (kinds.length === 0 || kinds.includes(row.media)) &&
    (from === null || modified >= from) &&
    (until === null || modified < until)
  );
}

/** Globs here know `*` and `?` only. */
function matches(how: "text" | "glob" | "regex", text: string, name: string): boolean {
  if (how === "text") return plain(name).includes(plain(text));
  if (how === "regex") return RegExp(text, "iu").test(name);
  const glob = text
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return RegExp(`^${glob}$`, "iu").test(name);
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function order(sort: Sort, seen: ReadonlySet<string>): (a: Row, b: Row) => number {
  const { by, descending } = sort;
  const sign = descending ? -1 : 1;
  const byName = new Intl.Collator(undefined, { numeric: true }).compare;
  return (a, b) => {
    if (a.kind !== b.kind) return a.kind === "folder" ? -1 : 1;
    if (by === "taken") {
      const [at, bt] = [dateOf(a, sort, seen), dateOf(b, sort, seen)];
      // Without a date last, whichever way time runs.
      if (at === null || bt === null) return Number(at === null) - Number(bt === null) || byName(a.name, b.name);
      return sign * (at - bt) || byName(a.name, b.name);
    }
    const difference =
      by === "size"
        ? a.size - b.size
        : by === "modified"
          ? (a.modified ?? 0) - (b.modified ?? 0)
          : by === "kind"
            ? byName(a.media, b.media)
            : 0;
    return sign * (difference || byName(a.name, b.name));
  };
}
