// The wall of an album joined with the open folder: its rows and facts, its selection, its menu.
import { useCallback, useEffect, useMemo, useRef } from "react";
import { type Cursor, useFetchRows, useRows } from "../folder";
import type { TileHow } from "../components";
import { type AlbumBy, type Row, useHost } from "../host";
import { placeName } from "../place";
import { FailureFace } from "../session";
import { dropTarget } from "../upload";
import { words } from "../words";
import type { AlbumViewProps } from "./AlbumView";
import { type BeforeMoving, useAlbumSections } from "./useAlbumSections";
import { AlbumWall } from "./wall/AlbumWall";
import { steadiest } from "./wall/place";
import { useLaidBlocks, useLaying } from "./wall/useLaying";
import { useWall } from "./wall/useWall";
import { TILE } from "./zoom";

export type AlbumBodyProps = Omit<AlbumViewProps, "onSlideshow"> & { zoom: AlbumBy };

/** While the view moves fast nobody looks: pictures are looked at where it comes to rest. */
const REST = 120;

export function AlbumBody({ place, listing, selection, zoom, onOpen, onMenu }: AlbumBodyProps) {
  const host = useHost();
  const scroller = useRef<HTMLDivElement>(null);
  const { id } = listing;

  // Rows are about to move: what is seen is found again by its keys, and the tile that moved least stays where it is.
  const keep = useRef<BeforeMoving>(async () => () => undefined);
  const album = useAlbumSections(listing, zoom, keep);
  const sections = useMemo(() => album.sections ?? [], [album.sections]);
  const [laid, addLaid] = useLaidBlocks();
  const wall = useWall({ scroller, sections, tile: TILE[album.by], laid });
  const { first, end } = wall.shown;
  const start = wall.wall.blocks[first]?.start ?? 0;
  const behind = wall.wall.blocks[end - 1]?.end ?? 0;
  const rowAt = useRows(listing, start, behind);
  useLaying({ wall, laid, add: addLaid, rowAt, facts: album.facts });

  const { seen, hold } = wall;
  useEffect(() => {
    keep.current = async () => {
      if (id === null) return () => undefined;
      const asked = seen().map(async (from) => {
        const row = rowAt(from.index);
        return { from, to: row ? await host.commands.positionOf(id, row.key) : null };
      });
      const anchor = steadiest(await Promise.all(asked));
      return () => hold(anchor);
    };
  }, [host, id, seen, hold, rowAt]);

  const { look } = album;
  useEffect(() => {
    if (behind === 0) return undefined;
    const resting = setTimeout(() => look(start, behind), REST);
    return () => clearTimeout(resting);
  }, [look, start, behind, listing.revision]);

  const { state, isSelected, choose, chooseGroup, move, know, clear } = selection;
  const fetchRows = useFetchRows(listing);
  // The same from one scroll to the next, so that lines and tiles stay as they are.
  const isRowSelected = useCallback((row: Row) => isSelected(row.id), [isSelected]);
  const onSelectSection = useCallback(
    (from: number, to: number, marked: boolean) => {
      fetchRows(from, to)
        .then((rows) => chooseGroup(rows, marked))
        // A listing that is closed meanwhile has nothing to select.
        .catch(() => null);
    },
    [fetchRows, chooseGroup],
  );
  const { space } = place;
  const folderDropTarget = useCallback((row: Row) => dropTarget({ space, folder: row.key }), [space]);
  const onSelect = useCallback(
    (row: Row, index: number, how: TileHow) => {
      know(row);
      choose(cursor(row, index), how);
    },
    [know, choose],
  );
  const openMenu = useCallback(
    (row: Row | null, index: number, at: { x: number; y: number }) => {
      if (!row) clear();
      else if (!isSelected(row.id)) {
        know(row);
        choose(cursor(row, index), { toggle: false, range: false });
      }
      onMenu(at);
    },
    [clear, isSelected, know, choose, onMenu],
  );
  if (album.failure && !album.sections) return <FailureFace failure={album.failure} onRetry={listing.refresh} />;
  return (
    <AlbumWall
      label={words.album.grid(placeName(place))}
      album={album}
      count={listing.count}
      wall={wall}
      scroller={scroller}
      rowAt={rowAt}
      space={place.space}
      isSelected={isRowSelected}
      selecting={selection.count > 0}
      focus={state.focus?.index ?? null}
      onPress={onOpen}
      onSelect={onSelect}
      onSelectSection={onSelectSection}
      onMove={(index, range) => move(() => index, { range, keep: !range })}
      onMenu={openMenu}
      onEscape={clear}
      dropTarget={dropTarget(place)}
      folderDropTarget={folderDropTarget}
    />
  );
}

function cursor({ id, key }: Row, index: number): Cursor {
  return { id, key, index };
}
