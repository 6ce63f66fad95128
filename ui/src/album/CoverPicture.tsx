// The picture that stands for a folder, or a folder's mark where it has none.
import { Folder } from "lucide-react";
import { S3Image } from "../components";
import type { PlaceRef } from "../host";
import styles from "./CoverPicture.module.css";
import { useCover } from "./useCover";

const EDGE = 220;

export type CoverPictureProps = {
  place: PlaceRef;
  /** The folder is looked into; else its mark stands for it. */
  isWanted?: boolean;
};

export function CoverPicture({ place, isWanted = true }: CoverPictureProps) {
  const { cover, failed } = useCover(place, isWanted);
  const { level, owner } = place.space;
  return (
    <span className={styles.cover}>
      {cover ? (
        <S3Image
          // What is known of one picture's address says nothing about the next one's.
          key={cover.key}
          imgKey={cover.key}
          level={level}
          identityId={owner ?? undefined}
          version={cover.etag}
          size={EDGE}
          firstLook
          className={styles.picture}
          onError={() => failed(cover)}
        />
      ) : (
        <Folder aria-hidden size={28} strokeWidth={1.5} />
      )}
    </span>
  );
}
