// A name in one line: too long, it is cut in the middle and keeps its last 12 characters.
import { splitName } from "../format";
import { cutTitle } from "../kit";
import styles from "./FileName.module.css";

export type FileNameProps = { name: string };

export function FileName({ name }: FileNameProps) {
  const { head, tail } = splitName(name);
  return (
    <bdi className={styles.name} onPointerEnter={cutTitle(name)}>
      <span className={styles.head}>{head}</span>
      {tail && <span className={styles.tail}>{tail}</span>}
    </bdi>
  );
}
