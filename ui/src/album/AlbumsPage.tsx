// All albums at hand with their covers, in the order of the sidebar. Pressing one opens it as an album; beside it another picture
// can be chosen as its cover.
import { Image as ImageIcon, Images } from "lucide-react";
import { useRef, useState } from "react";
import { useAppState } from "../api";
import type { PlaceRef } from "../host";
import { EmptyState, IconButton } from "../kit";
import { AudienceMark, infoOf, placeName, placePath, spaceId, useFolderView, usePlace } from "../place";
import { dropTarget } from "../upload";
import { words } from "../words";
import styles from "./AlbumsPage.module.css";
import { ChooseCoverDialog } from "./ChooseCoverDialog";
import { CoverPicture } from "./CoverPicture";
import { useHasBeenSeen } from "./useHasBeenSeen";

export function AlbumsPage() {
  const { pinned } = useAppState();
  if (pinned.length === 0) {
    return (
      <div className={styles.page}>
        <EmptyState icon={<Images />} title={words.album.noAlbums} />
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <ul aria-label={words.album.all} className={styles.albums}>
        {pinned.map((place) => (
          <Album key={`${spaceId(place.space)}/${place.folder}`} place={place} />
        ))}
      </ul>
    </div>
  );
}

function Album({ place }: { place: PlaceRef }) {
  const { places } = useAppState();
  const { go } = usePlace();
  const { setView } = useFolderView();
  const button = useRef<HTMLButtonElement>(null);
  const seen = useHasBeenSeen(button);
  const [choosing, setChoosing] = useState(false);
  const { audience } = infoOf(place.space, places);
  const whoReads = words.place.audienceShort[audience];
  return (
    <li className={styles.item}>
      <button
        ref={button}
        type="button"
        aria-label={words.album.albumAt(placeName(place), placePath(place), whoReads)}
        className={styles.album}
        data-drop-target={dropTarget(place)}
        onClick={() => {
          setView("album", place);
          go(place);
        }}
      >
        <span className={styles.cover}>
          <CoverPicture place={place} isWanted={seen} />
        </span>
        <bdi className={styles.name}>{placeName(place)}</bdi>
        <bdi className={styles.path}>{placePath(place)}</bdi>
        <span className={styles.audience}>
          <AudienceMark audience={audience} size={14} /> {whoReads}
        </span>
      </button>
      <IconButton
        label={words.album.chooseCover(placeName(place))}
        className={styles.choose}
        onPress={() => setChoosing(true)}
      >
        <ImageIcon />
      </IconButton>
      {choosing && <ChooseCoverDialog place={place} onClose={() => setChoosing(false)} />}
    </li>
  );
}
