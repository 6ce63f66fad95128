// The thumbnail of a file that is in the storage; for the one on this computer, and for what is no picture, a mark.
import { File, Image as ImageIcon } from "lucide-react";
import { useState } from "react";
import { S3Image } from "../components";
import type { TransferRow } from "../host";
import styles from "./ConflictDialog.module.css";

const PICTURE = /\.(jpe?g|png|gif|webp|bmp|tiff?)$/i;

export type ConflictPictureProps = {
  row: TransferRow;
  /** Null: the file is not in the storage. */
  etag: string | null;
};

export function ConflictPicture({ row, etag }: ConflictPictureProps) {
  const [failed, setFailed] = useState(false);
  const isPicture = PICTURE.test(row.name);
  const key = row.conflict?.key;
  if (etag === null || !key || !isPicture || failed) {
    const Mark = isPicture ? ImageIcon : File;
    return (
      <span aria-hidden className={styles.mark}>
        <Mark size={24} strokeWidth={1.5} />
      </span>
    );
  }
  return (
    <S3Image
      imgKey={key}
      level={row.space.level}
      identityId={row.space.owner ?? undefined}
      version={etag}
      size={64}
      className={styles.picture}
      onError={() => setFailed(true)}
    />
  );
}
