// Above the pictures: favourites alone, the slideshow, and how close one looks (days, months, years).
import { Pin, Play, Star } from "lucide-react";
import { ToggleButton } from "react-aria-components";
import type { AlbumBy } from "../host";
import { Button, SegmentedControl } from "../kit";
import { words } from "../words";
import styles from "./AlbumView.module.css";
import { ZOOMS } from "./zoom";

export type AlbumBarProps = {
  zoom: AlbumBy;
  onZoom: (zoom: AlbumBy) => void;
  /** The folder is at hand in the sidebar; null where it is there anyway. */
  pinned: boolean | null;
  onPin: (pinned: boolean) => void;
  /** Only the favourites are shown. */
  favourites: boolean;
  onFavourites: (only: boolean) => void;
  onSlideshow: () => void;
};

export function AlbumBar({ zoom, onZoom, pinned, onPin, favourites, onFavourites, onSlideshow }: AlbumBarProps) {
  return (
    <div className={styles.bar}>
      {pinned !== null && (
        <ToggleButton className={styles.toggle} isSelected={pinned} onChange={onPin}>
          <Pin aria-hidden size={15} /> {pinned ? words.album.pinned : words.album.pin}
        </ToggleButton>
      )}
      <ToggleButton className={styles.toggle} isSelected={favourites} onChange={onFavourites}>
        <Star aria-hidden size={15} /> {words.album.favouritesOnly}
      </ToggleButton>
      <Button look="quiet" icon={<Play />} onPress={onSlideshow}>
        {words.album.slideshow}
      </Button>
      <SegmentedControl
        label={words.album.zoom}
        value={zoom}
        onChange={onZoom}
        segments={ZOOMS.map((id) => ({ id, label: words.album.zooms[id] }))}
      />
    </div>
  );
}
