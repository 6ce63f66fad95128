// How far something is. Without a value it only says that something is going on.
import { ProgressBar as AriaProgressBar } from "react-aria-components";
import styles from "./ProgressBar.module.css";

export type ProgressBarProps = {
  /** Said to screen readers. */
  label: string;
  /** 0 to 1; null while unknown. */
  value: number | null;
  /** 0 to 1: how far it is with what is on its way and not done, drawn paler. */
  ahead?: number;
  /** waiting: drawn muted. */
  look?: "running" | "waiting";
};

export function ProgressBar({ label, value, ahead = 0, look = "running" }: ProgressBarProps) {
  return (
    <AriaProgressBar
      aria-label={label}
      value={(value ?? 0) * 100}
      isIndeterminate={value === null}
      className={`${styles.track} ${styles[look]}`}
    >
      {({ percentage }) =>
        value === null ? (
          <span className={styles.moving} />
        ) : (
          <>
            {ahead > value && <span data-ahead className={styles.ahead} style={{ width: `${ahead * 100}%` }} />}
            <span className={styles.fill} style={{ width: `${percentage}%` }} />
          </>
        )
      }
    </AriaProgressBar>
  );
}
