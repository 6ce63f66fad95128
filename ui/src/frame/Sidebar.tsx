// Places with their words, and at the bottom who is signed in. The list scrolls, the account row stays.
import { Amphora } from "lucide-react";
import { useAppState } from "../api";
import { AudienceMark, sameSpace, spaceId, spaceName, usePlace } from "../place";
import { AccountMenu, PracticeCorner } from "../session";
import { dropTarget } from "../upload";
import { words } from "../words";
import { PinnedFolders } from "./PinnedFolders";
import styles from "./Sidebar.module.css";

export type SidebarProps = {
  /** Called when a place was chosen, so that a sidebar in a sheet can close. */
  onChoose?: () => void;
};

export function Sidebar({ onChoose }: SidebarProps) {
  const { places } = useAppState();
  const { place, page, go } = usePlace();
  return (
    <nav aria-label={words.frame.sidebar} className={styles.sidebar} data-region>
      <div className={styles.product}>
        <Amphora aria-hidden size={18} className={styles.jar} /> {words.frame.product}
      </div>
      <div className={styles.scroll}>
        <h2 className={styles.heading} id="places">
          {words.place.places}
        </h2>
        <ul aria-labelledby="places" className={styles.places}>
          {places.map((info) => {
            const here = page === "folder" && sameSpace(info.space, place.space);
            const audience = words.place.audienceShort[info.audience];
            const second = info.bucket === null ? audience : words.place.inBucket(audience, info.bucket);
            return (
              <li key={spaceId(info.space)}>
                <button
                  type="button"
                  aria-label={words.place.named(spaceName(info.space), second)}
                  aria-current={here ? "page" : undefined}
                  className={here ? `${styles.place} ${styles.here}` : styles.place}
                  data-drop-target={dropTarget({ space: info.space, folder: "" })}
                  onClick={() => {
                    go({ space: info.space, folder: "" });
                    onChoose?.();
                  }}
                >
                  <AudienceMark audience={info.audience} />
                  <span className={styles.words}>
                    <span className={styles.name}>{spaceName(info.space)}</span>
                    <span className={styles.audience}>{second}</span>
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
        <PinnedFolders onChoose={onChoose} />
      </div>
      <PracticeCorner />
      <div className={styles.account}>
        <AccountMenu />
      </div>
    </nav>
  );
}
