// Folders that this account keeps at hand, below the places, and the page of them all. A folder is pinned in its album.
import { Images, LayoutDashboard } from "lucide-react";
import { useAppState } from "../api";
import { placeName, placePath, samePlace, spaceId, usePlace } from "../place";
import { dropTarget } from "../upload";
import { words } from "../words";
import styles from "./Sidebar.module.css";

export function PinnedFolders({ onChoose }: { onChoose?: () => void }) {
  const { pinned } = useAppState();
  const { place: here, page, go, showAlbums } = usePlace();
  if (pinned.length === 0) return null;
  return (
    <>
      <h2 className={styles.heading} id="pinned">
        {words.place.pinned}
      </h2>
      <ul aria-labelledby="pinned" className={styles.places}>
        {pinned.map((place) => {
          const isHere = page === "folder" && samePlace(place, here);
          return (
            <li key={`${spaceId(place.space)}/${place.folder}`}>
              <button
                type="button"
                aria-label={words.place.pinnedFolder(placeName(place), placePath(place))}
                aria-current={isHere ? "page" : undefined}
                className={isHere ? `${styles.place} ${styles.here}` : styles.place}
                data-drop-target={dropTarget(place)}
                onClick={() => {
                  go(place);
                  onChoose?.();
                }}
              >
                <Images aria-hidden size={16} strokeWidth={1.75} />
                <span className={styles.words}>
                  <span className={styles.name}>{placeName(place)}</span>
                  <span className={styles.audience}>{placePath(place)}</span>
                </span>
              </button>
            </li>
          );
        })}
        <li>
          <button
            type="button"
            aria-current={page === "albums" ? "page" : undefined}
            className={page === "albums" ? `${styles.place} ${styles.here}` : styles.place}
            onClick={() => {
              showAlbums();
              onChoose?.();
            }}
          >
            <LayoutDashboard aria-hidden size={16} strokeWidth={1.75} />
            <span className={styles.name}>{words.album.all}</span>
          </button>
        </li>
      </ul>
    </>
  );
}
