// One open folder: its listing and selection, the view that shows them, and what its rows can be asked to do.
import { useCallback, useEffect, useMemo, useState } from "react";
import { useControls } from "../actions";
import { AlbumView, EVERYTHING, TilesView, useAlbumFilter, useCoverChoice } from "../album";
import { toFailure } from "../api";
import { type FolderSelection, useListing, useSelection } from "../folder";
import { type Filter, type PlaceRef, type Row, type Selection, type Sort, useHost } from "../host";
import { toast } from "../kit";
import { useFolderView, usePlace } from "../place";
import { PreviewDialog } from "../preview";
import { words } from "../words";
import { DeleteDialog } from "./DeleteDialog";
import { useDragSource } from "./drag/dragSource";
import { FolderFace, faceOf } from "./FolderFace";
import { FolderMenu } from "./FolderMenu";
import { ListView } from "./ListView";
import { NewFolderDialog } from "./NewFolderDialog";
import styles from "./OpenFolder.module.css";
import { RelocateDialog } from "./relocate/RelocateDialog";
import type { RelocationKind } from "./relocate/useRelocation";
import { StatusLine } from "./StatusLine";
import { useFirstFocus } from "./useFirstFocus";

/** An album starts with the newest day. */
const NEWEST: Sort = { by: "taken", descending: true };

export type OpenFolderProps = {
  place: PlaceRef;
  /** The order of the list. */
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** The row that the keyboard stood on when the person left. */
  focusKey: string | null;
  onLeave: (key: string | null) => void;
};

type Open =
  | { kind: "delete"; selection: Selection }
  | { kind: RelocationKind; selection: Selection }
  | { kind: "newFolder" }
  | { kind: "preview"; index: number; slideshow: boolean }
  | null;

export function OpenFolder({ place, sort, onSort, focusKey, onLeave }: OpenFolderProps) {
  const host = useHost();
  const { go } = usePlace();
  const { view, filter: text, setView } = useFolderView();
  const album = view === "album";
  const albumFilter = useAlbumFilter(place, album);
  const shownOnly = albumFilter.filter;
  const filter = useMemo<Filter>(() => ({ text, media: "all", album: shownOnly }), [text, shownOnly]);
  const listing = useListing({ place, sort: album ? NEWEST : sort, filter });
  const selection = useSelection(listing);
  const coverOf = useCoverChoice(place, album);
  const [dialog, setDialog] = useState<Open>(null);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const isTakenBack = useDragSource({ place, listing, selection });
  useFirstFocus(listing, selection, isTakenBack ? null : focusKey);

  const focus = selection.state.focus;
  const open = useCallback(
    (row: Row, index: number) => {
      if (row.kind === "file") return setDialog({ kind: "preview", index, slideshow: false });
      onLeave(row.key);
      go({ space: place.space, folder: row.key });
    },
    [go, onLeave, place.space],
  );

  const download = useCallback(
    async (wanted: Selection | null) => {
      if (!wanted) return;
      try {
        const answer = await host.commands.downloadSelection(wanted);
        if (answer.kind === "queued") toast({ text: words.listing.downloading(answer.count, answer.folder) });
      } catch (thrown) {
        const { message, hint } = toFailure(thrown);
        toast({ text: message, hint, tone: "bad" });
      }
    },
    [host],
  );

  const controls = useMemo(
    () => ({
      selected: selection.count,
      refresh: listing.refresh,
      selectAll: selection.all,
      clearSelection: selection.clear,
      openSelected: () => {
        const row = focus && selection.knownRows().find(({ id }) => id === focus.id);
        if (row) open(row, focus.index);
      },
      downloadSelected: () => void download(selection.value()),
      askDelete: () => {
        const wanted = selection.value();
        if (wanted) setDialog({ kind: "delete", selection: wanted });
      },
      askRelocation: (kind: RelocationKind) => {
        const wanted = selection.value();
        if (wanted) setDialog({ kind, selection: wanted });
      },
      askNewFolder: () => setDialog({ kind: "newFolder" }),
      ...coverOf(subjectOf(selection)),
    }),
    [selection, listing.refresh, focus, open, download, coverOf],
  );
  useControls("folder", controls);

  // Another filter shows other rows: what is selected must be what is seen.
  const { clear } = selection;
  useEffect(() => clear(), [clear, text, shownOnly]);

  const close = () => setDialog(null);
  const onlyName = selection.count === 1 ? (selection.knownRows()[0]?.name ?? null) : null;
  const face = faceOf(listing, album);
  const folderFace = face && (
    <FolderFace
      face={face}
      listing={listing}
      onShowAsList={() => setView("list")}
      onShowEverything={() => albumFilter.save(EVERYTHING)}
    />
  );
  return (
    <section className={styles.folder}>
      {album ? (
        <AlbumView
          place={place}
          listing={listing}
          selection={selection}
          filter={albumFilter}
          face={folderFace}
          onOpen={open}
          onMenu={setMenu}
          onSlideshow={(index) => setDialog({ kind: "preview", index, slideshow: true })}
        />
      ) : folderFace ? (
        folderFace
      ) : view === "grid" ? (
        <TilesView place={place} listing={listing} selection={selection} onOpen={open} onMenu={setMenu} />
      ) : (
        <ListView
          place={place}
          listing={listing}
          selection={selection}
          sort={sort}
          onSort={onSort}
          onOpen={open}
          onMenu={setMenu}
        />
      )}
      {face !== "loading" && listing.count > 0 && <StatusLine listing={listing} selection={selection} />}
      <FolderMenu at={menu} selected={selection.count} onClose={() => setMenu(null)} />
      {dialog?.kind === "newFolder" && <NewFolderDialog place={place} onClose={close} />}
      {dialog?.kind === "delete" && (
        <DeleteDialog
          selection={dialog.selection}
          count={selection.count}
          name={onlyName}
          folders={selection.bytes() === null}
          onDone={selection.clear}
          onClose={close}
        />
      )}
      {(dialog?.kind === "move" || dialog?.kind === "copy") && (
        <RelocateDialog
          kind={dialog.kind}
          selection={dialog.selection}
          count={selection.count}
          name={onlyName}
          from={place}
          onDone={selection.clear}
          onClose={close}
        />
      )}
      {dialog?.kind === "preview" && (
        <PreviewDialog
          listing={listing}
          place={place}
          start={dialog.index}
          slideshow={dialog.slideshow}
          coverOf={coverOf}
          onShow={selection.focus}
          onDownload={(row) =>
            listing.id !== null && void download({ kind: "only", listing: listing.id, ids: [row.id] })
          }
          onClose={close}
        />
      )}
    </section>
  );
}

/** What the cover is asked about: the row that is selected alone, the folder where none is. */
function subjectOf({ count, knownRows }: FolderSelection): Row | "folder" | null {
  if (count === 0) return "folder";
  return count === 1 ? (knownRows()[0] ?? null) : null;
}
