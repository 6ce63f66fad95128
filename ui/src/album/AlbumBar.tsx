// Above an album, in one row: what it shows, how close one looks, and adding pictures and texts to it.
import { FilePlus2, ImagePlus, ListFilter, Pin, Play, Star, X } from "lucide-react";
import { useState } from "react";
import type { AlbumBy, PlaceRef } from "../host";
import { Button, IconButton, IconToggle, Popover, SegmentedControl } from "../kit";
import { usePlace } from "../place";
import { words } from "../words";
import { type Added, AddFilesDialog } from "./AddFilesDialog";
import styles from "./AlbumBar.module.css";
import { FilterFields } from "./FilterFields";
import { filterSummary } from "./filterSummary";
import { type AlbumFilterState, EVERYTHING } from "./useAlbumFilter";
import { ZOOMS } from "./zoom";

/** How the pictures of an album are looked at. */
type AlbumLook = {
  zoom: AlbumBy;
  onZoom: (zoom: AlbumBy) => void;
  /** The folder is at hand in the sidebar; null where it is there anyway. */
  pinned: boolean | null;
  onPin: (pinned: boolean) => void;
  /** Only the favourites are shown. */
  favourites: boolean;
  onFavourites: (only: boolean) => void;
  /** Null while there is nothing to show. */
  onSlideshow: (() => void) | null;
};

export type AlbumBarProps = AlbumLook & { place: PlaceRef; filter: AlbumFilterState };

export function AlbumBar({ place, filter: { filter, failure, save }, ...look }: AlbumBarProps) {
  const { info } = usePlace();
  const [adding, setAdding] = useState<Added | null>(null);
  const summary = filter === null ? "" : filterSummary(filter);
  return (
    <div role="group" aria-label={words.albumBar.bar} className={styles.bar}>
      <Popover
        label={words.albumBar.filterTitle}
        trigger={
          <Button look="quiet" icon={<ListFilter />}>
            {summary === "" ? words.albumBar.filter : words.albumBar.filterOn}
          </Button>
        }
      >
        <FilterFields filter={filter} failure={failure} onChange={save} />
      </Popover>
      {summary !== "" && (
        <span className={styles.summary}>
          <bdi className={styles.text}>{summary}</bdi>
          <IconButton label={words.albumBar.everything} onPress={() => save(EVERYTHING)}>
            <X />
          </IconButton>
        </span>
      )}
      <span className={styles.end}>
        <LookTools {...look} />
        {info.verbs.write && (
          <>
            <IconButton label={words.albumBar.add.texts} onPress={() => setAdding("texts")}>
              <FilePlus2 />
            </IconButton>
            <Button look="quiet" icon={<ImagePlus />} onPress={() => setAdding("pictures")}>
              {words.albumBar.add.pictures}
            </Button>
          </>
        )}
      </span>
      {adding && <AddFilesDialog what={adding} place={place} onClose={() => setAdding(null)} />}
    </div>
  );
}

function LookTools({ zoom, onZoom, pinned, onPin, favourites, onFavourites, onSlideshow }: AlbumLook) {
  return (
    <>
      {pinned !== null && (
        <IconToggle label={pinned ? words.album.pinned : words.album.pin} isSelected={pinned} onChange={onPin}>
          <Pin />
        </IconToggle>
      )}
      <IconToggle label={words.album.favouritesOnly} isSelected={favourites} onChange={onFavourites}>
        <Star />
      </IconToggle>
      <IconButton label={words.album.slideshow} isDisabled={!onSlideshow} onPress={onSlideshow ?? undefined}>
        <Play />
      </IconButton>
      <SegmentedControl
        label={words.album.zoom}
        value={zoom}
        onChange={onZoom}
        segments={ZOOMS.map((id) => ({ id, label: words.album.zooms[id] }))}
      />
    </>
  );
}
