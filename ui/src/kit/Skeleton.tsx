// A grey stand-in for what is being fetched. Says nothing to screen readers; the view around it is aria-busy.
import styles from "./Skeleton.module.css";

export type SkeletonProps = {
  /** CSS lengths. */
  width?: string;
  height?: string;
};

export function Skeleton({ width = "100%", height = "12px" }: SkeletonProps) {
  return <span aria-hidden className={styles.skeleton} style={{ width, height }} />;
}
