// The open folder as an album: by day, month or year, or its favourites alone.
import { Star } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { FolderSelection, ListingState } from "../folder";
import type { PlaceRef, Row } from "../host";
import { Button, EmptyState } from "../kit";
import { useFavourites } from "../preview";
import { words } from "../words";
import { AlbumBar } from "./AlbumBar";
import { AlbumBody } from "./AlbumBody";
import styles from "./AlbumView.module.css";
import { TilesView } from "./TilesView";
import type { AlbumFilterState } from "./useAlbumFilter";
import { usePinned } from "./usePinned";
import { useZoom } from "./zoom";

export type AlbumViewProps = {
  place: PlaceRef;
  listing: ListingState;
  selection: FolderSelection;
  onOpen: (row: Row, index: number) => void;
  onMenu: (at: { x: number; y: number }) => void;
  /** Shows the pictures one after the other, from this one on. */
  onSlideshow: (index: number) => void;
};

export type AlbumProps = AlbumViewProps & {
  filter: AlbumFilterState;
  /** Stands in place of the pictures while there are none. */
  face: ReactNode;
};

export function AlbumView({ onSlideshow, filter, face, ...props }: AlbumProps) {
  const { place, selection } = props;
  const [zoom, setZoom] = useZoom();
  const [favourites, setFavourites] = useState(false);
  const { has } = useFavourites();
  const pin = usePinned(place);
  return (
    <div className={styles.view}>
      <AlbumBar
        place={place}
        filter={filter}
        zoom={zoom}
        onZoom={setZoom}
        {...pin}
        favourites={favourites}
        onFavourites={setFavourites}
        onSlideshow={face ? null : () => onSlideshow(selection.state.focus?.index ?? 0)}
      />
      {face ??
        (favourites ? (
          <TilesView
            {...props}
            only={(row) => has(place.space, row.key)}
            empty={
              <EmptyState
                icon={<Star />}
                title={words.album.noFavourites}
                hint={words.album.noFavouritesHint}
                actions={<Button onPress={() => setFavourites(false)}>{words.album.showAll}</Button>}
              />
            }
          />
        ) : (
          <AlbumBody {...props} zoom={zoom} />
        ))}
    </div>
  );
}
