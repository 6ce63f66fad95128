// What stands where rows would be: loading, empty, nothing matches, failed. Each says what can be done.
import { FolderOpen, Images, SearchX } from "lucide-react";
import { useAction } from "../actions";
import { asksWhenTaken } from "../album";
import type { ListingState } from "../folder";
import { Button, EmptyState, Skeleton } from "../kit";
import { placeName, spaceName, useFolderView, usePlace } from "../place";
import { FailureFace } from "../session";
import { dropTarget } from "../upload";
import { words } from "../words";
import styles from "./FolderFace.module.css";

export type Face = "loading" | "failed" | "gone" | "noMatch" | "filteredOut" | "empty" | "emptyAlbum";

/** Null: there are rows to show. */
export function faceOf({ id, count, complete, failure, query }: ListingState, album: boolean): Face | null {
  if (count > 0) return null;
  if (failure?.code === "notFound") return "gone";
  if (failure) return "failed";
  if (id === null || !complete) return "loading";
  if (query.filter.text !== "") return "noMatch";
  if (query.filter.album) return "filteredOut";
  return album ? "emptyAlbum" : "empty";
}

export type FolderFaceProps = {
  face: Face;
  listing: ListingState;
  onShowAsList: () => void;
  /** Takes the album's filter away. */
  onShowEverything: () => void;
};

export function FolderFace({ face, listing, onShowAsList, onShowEverything }: FolderFaceProps) {
  const { place, info, go } = usePlace();
  const { setFilter } = useFolderView();
  const { text, album } = listing.query.filter;
  switch (face) {
    case "loading":
      return <Loading name={placeName(place)} />;
    case "failed":
      return (
        <div className={styles.face}>
          {listing.failure && <FailureFace failure={listing.failure} onRetry={listing.refresh} />}
        </div>
      );
    case "gone": {
      const space = spaceName(place.space);
      return (
        <div className={styles.face}>
          <EmptyState
            isFailure
            icon={<FolderOpen />}
            title={words.listing.folderGone}
            actions={
              <Button onPress={() => go({ space: place.space, folder: "" })}>{words.listing.goToSpace(space)}</Button>
            }
          />
        </div>
      );
    }
    case "noMatch":
      return (
        <div className={styles.face}>
          <EmptyState
            icon={<SearchX />}
            title={words.listing.noMatch(placeName(place), text)}
            actions={<Button onPress={() => setFilter("")}>{words.listing.clearSearch}</Button>}
          />
        </div>
      );
    case "filteredOut":
      return (
        <div className={styles.face}>
          <EmptyState
            icon={<SearchX />}
            title={words.albumBar.noMatch(placeName(place))}
            hint={album && asksWhenTaken(album) ? words.albumBar.datesToCome : undefined}
            actions={<Button onPress={onShowEverything}>{words.albumBar.everything}</Button>}
          />
        </div>
      );
    case "empty":
      return (
        <div className={styles.face} data-drop-target={dropTarget(place)}>
          <EmptyState
            icon={<FolderOpen />}
            title={words.listing.empty[info.audience]}
            actions={
              info.verbs.write && (
                <>
                  <UploadButton label={words.listing.uploadFiles} />
                  <span className={styles.or}>{words.listing.emptyHint}</span>
                </>
              )
            }
          />
        </div>
      );
    case "emptyAlbum":
      return (
        <div className={styles.face} data-drop-target={dropTarget(place)}>
          <EmptyState
            icon={<Images />}
            title={words.album.empty}
            actions={
              <>
                <UploadButton label={words.album.uploadPictures} />
                <Button onPress={onShowAsList}>{words.album.showAsList}</Button>
              </>
            }
          />
        </div>
      );
  }
}

function UploadButton({ label }: { label: string }) {
  const { run, isDisabled } = useAction("uploadFiles");
  if (isDisabled) return null;
  return (
    <Button look="primary" onPress={run}>
      {label}
    </Button>
  );
}

const LINES = ["46%", "31%", "58%", "38%", "51%", "27%", "44%", "35%"];

function Loading({ name }: { name: string }) {
  return (
    <div role="status" aria-busy aria-label={words.listing.loading(name)} className={styles.loading}>
      {LINES.map((width) => (
        <div key={width} className={styles.line}>
          <Skeleton width="22px" height="22px" />
          <Skeleton width={width} />
        </div>
      ))}
    </div>
  );
}
