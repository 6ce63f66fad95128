// Folders that this account keeps at hand, below the places. A folder is pinned in its album.
import { Images } from "lucide-react";
import { useAppState } from "../api";
import { placeName, placePath, samePlace, spaceId, usePlace } from "../place";
import { dropTarget } from "../upload";
import { words } from "../words";
import styles from "./Sidebar.module.css";

export function PinnedFolders({ onChoose }: { onChoose?: () => void }) {
  const { pinned } = useAppState();
  const { place: here, go } = usePlace();
  if (pinned.length === 0) return null;
  return (
    <>
      <h2 className={styles.heading} id="pinned">
        {words.place.pinned}
      </h2>
      <ul aria-labelledby="pinned" className={styles.places}>
        {pinned.map((place) => (
          <li key={`${spaceId(place.space)}/${place.folder}`}>
            <button
              type="button"
              aria-label={words.place.pinnedFolder(placeName(place), placePath(place))}
              aria-current={samePlace(place, here) ? "page" : undefined}
              className={samePlace(place, here) ? `${styles.place} ${styles.here}` : styles.place}
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
        ))}
      </ul>
    </>
  );
}
