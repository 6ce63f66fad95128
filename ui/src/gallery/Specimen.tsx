// One component in one state, under its name.
import type { ReactNode } from "react";
import styles from "./Gallery.module.css";

export type SpecimenProps = {
  /** Component and state; a test finds it by this. */
  name: string;
  /** Takes the whole width. */
  wide?: boolean;
  children: ReactNode;
};

export function Specimen({ name, wide = false, children }: SpecimenProps) {
  return (
    <figure aria-label={name} className={wide ? `${styles.specimen} ${styles.wide}` : styles.specimen}>
      <figcaption className={styles.caption}>{name}</figcaption>
      <div className={styles.stage}>{wide ? <div className={styles.album}>{children}</div> : children}</div>
    </figure>
  );
}
