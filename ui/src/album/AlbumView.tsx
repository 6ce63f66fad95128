// Joins tiles with the open folder: its rows by day or in the list's order, its selection, its menu.
import { useMemo, useState } from "react";
import { AlbumGrid, plainSections, sectionsByDay } from "../components";
import { type FolderSelection, type ListingState, useAllRows } from "../folder";
import type { PlaceRef, Row } from "../host";
import { placeName } from "../place";
import { FailureFace } from "../session";
import { dropTarget } from "../upload";
import { words } from "../words";

export type AlbumViewProps = {
  place: PlaceRef;
  listing: ListingState;
  /** Days for a listing that is newest first; without, a plain grid with names in the listing's order. */
  days: boolean;
  selection: FolderSelection;
  onOpen: (row: Row, index: number) => void;
  onMenu: (at: { x: number; y: number }) => void;
};

export function AlbumView({ place, listing, days, selection, onOpen, onMenu }: AlbumViewProps) {
  const { rows, more, readOn, failure } = useAllRows(listing);
  const [now] = useState(Date.now);
  const sections = useMemo(
    () => (days ? sectionsByDay(rows, now, more) : plainSections(rows)),
    [days, rows, now, more],
  );
  const { state, isSelected, choose, move, know } = selection;
  if (failure && rows.length === 0) return <FailureFace failure={failure} onRetry={listing.refresh} />;
  return (
    <AlbumGrid
      label={(days ? words.album : words.listing).grid(placeName(place))}
      named={!days}
      sections={sections}
      space={place.space}
      isSelected={(row) => isSelected(row.id)}
      selecting={selection.count > 0}
      focus={state.focus?.index ?? null}
      onFocus={(_, index, { range }) => move(() => index, { range, keep: !range })}
      onPress={onOpen}
      onSelect={(row, index, how) => {
        know(row);
        choose({ id: row.id, key: row.key, index }, how);
      }}
      onSelectGroup={selection.chooseGroup}
      onMenu={(row, index, at) => {
        if (!row) selection.clear();
        else if (!isSelected(row.id)) {
          know(row);
          choose({ id: row.id, key: row.key, index }, { toggle: false, range: false });
        }
        onMenu(at);
      }}
      onEscape={selection.clear}
      onEnd={more ? readOn : undefined}
      dropTarget={dropTarget(place)}
      folderDropTarget={(row) => dropTarget({ space: place.space, folder: row.key })}
    />
  );
}
