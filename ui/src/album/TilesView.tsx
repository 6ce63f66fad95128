// The open folder as tiles with their names, in the listing's order: the grid view, and the favourites of an album.
import { useMemo } from "react";
import { AlbumGrid, plainSections } from "../components";
import { type FolderSelection, type ListingState, useAllRows } from "../folder";
import type { PlaceRef, Row } from "../host";
import { placeName } from "../place";
import { FailureFace } from "../session";
import { dropTarget } from "../upload";
import { words } from "../words";

export type TilesViewProps = {
  place: PlaceRef;
  listing: ListingState;
  selection: FolderSelection;
  /** Only these rows; without, all of them. */
  only?: (row: Row) => boolean;
  /** Shown where there are none. */
  empty?: React.ReactNode;
  onOpen: (row: Row, index: number) => void;
  onMenu: (at: { x: number; y: number }) => void;
};

export function TilesView({ place, listing, selection, only, empty, onOpen, onMenu }: TilesViewProps) {
  const { rows, more, readOn, failure } = useAllRows(listing);
  // Tiles know where they stand here; the listing counts what is left out, too.
  const kept = useMemo(
    () => [...rows.entries()].flatMap(([index, row]) => (!only || only(row) ? [{ row, index }] : [])),
    [rows, only],
  );
  const sections = useMemo(() => plainSections(kept.map(({ row }) => row)), [kept]);
  const { state, isSelected, choose, move, know, clear, chooseGroup } = selection;
  const there = (shown: number) => kept[shown]?.index ?? shown;
  const focus = state.focus?.index ?? null;
  const here = focus === null ? -1 : kept.findIndex(({ index }) => index === focus);
  if (failure && rows.length === 0) return <FailureFace failure={failure} onRetry={listing.refresh} />;
  if (kept.length === 0 && empty && !more) return empty;
  return (
    <AlbumGrid
      label={words.listing.grid(placeName(place))}
      named
      sections={sections}
      space={place.space}
      isSelected={(row) => isSelected(row.id)}
      selecting={selection.count > 0}
      focus={here < 0 ? null : here}
      onFocus={(_, shown, { range }) => move(() => there(shown), { range, keep: !range })}
      onPress={(row, shown) => onOpen(row, there(shown))}
      onSelect={(row, shown, how) => {
        know(row);
        choose({ id: row.id, key: row.key, index: there(shown) }, how);
      }}
      onSelectGroup={chooseGroup}
      onMenu={(row, shown, at) => {
        if (!row) clear();
        else if (!isSelected(row.id)) {
          know(row);
          choose({ id: row.id, key: row.key, index: there(shown) }, { toggle: false, range: false });
        }
        onMenu(at);
      }}
      onEscape={clear}
      onEnd={more ? readOn : undefined}
      dropTarget={dropTarget(place)}
      folderDropTarget={(row) => dropTarget({ space: place.space, folder: row.key })}
    />
  );
}
