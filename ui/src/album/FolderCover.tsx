// A folder among an album's pictures: its cover, its name below.
import { splitName } from "../format";
import type { Row, SpaceRef } from "../host";
import { CoverPicture } from "./CoverPicture";
import styles from "./FolderCover.module.css";

export function FolderCover({ row, space }: { row: Row; space: SpaceRef }) {
  const { head, tail } = splitName(row.name);
  return (
    <span className={styles.folder}>
      <CoverPicture place={{ space, folder: row.key }} />
      <bdi className={styles.name}>
        <span className={styles.head}>{head}</span>
        <span className={styles.tail}>{tail}</span>
      </bdi>
    </span>
  );
}
