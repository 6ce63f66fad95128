// One side of a question as a picture: the file in the storage, or the new one on this computer. For what is no picture, a mark.
import { File, Image as ImageIcon } from "lucide-react";
import { useState } from "react";
import { S3Image } from "../components";
import { type TransferRow, useHost } from "../host";
import styles from "./ConflictPicture.module.css";

const PICTURE = /\.(jpe?g|png|gif|webp|bmp|ico|tiff?)$/i;
/** Longest edge in CSS pixels. */
const EDGE = 232;
const LOCAL_EDGE = 512;

export type ConflictPictureProps = {
  row: TransferRow;
  /** The content's tag in the storage; null: the new file, on this computer. */
  etag: string | null;
};

export function ConflictPicture({ row, etag }: ConflictPictureProps) {
  const host = useHost();
  const [failed, setFailed] = useState(false);
  const isPicture = PICTURE.test(row.name);
  const key = row.conflict?.key;
  if (!isPicture || !key || failed) {
    const Mark = isPicture ? ImageIcon : File;
    return (
      <span aria-hidden className={isPicture ? styles.frame : `${styles.frame} ${styles.low}`}>
        <Mark size={32} strokeWidth={1.25} />
      </span>
    );
  }
  const fail = () => setFailed(true);
  return (
    <span className={styles.frame}>
      {etag === null ? (
        <img
          src={host.localPictureUrl(row.id, LOCAL_EDGE)}
          alt=""
          draggable={false}
          className={styles.picture}
          onError={fail}
        />
      ) : (
        <S3Image
          imgKey={key}
          level={row.space.level}
          identityId={row.space.owner ?? undefined}
          version={etag}
          size={EDGE}
          className={styles.picture}
          onError={fail}
        />
      )}
    </span>
  );
}
