// How far something is. Without a value it only says that something is going on.
import { ProgressBar as AriaProgressBar } from "react-aria-components";
import styles from "./ProgressBar.module.css";

export type ProgressBarProps = {
  /** Said to screen readers. */
  label: string;
  /** 0 to 1; null while unknown. */
  value: number | null;
  /** waiting: drawn muted. */
  look?: "running" | "waiting";
};

export function ProgressBar({ label, value, look = "running" }: ProgressBarProps) {
  return (
    <AriaProgressBar
      aria-label={label}
      value={(value ?? 0) * 100}
      isIndeterminate={value === null}
      className={`${styles.track} ${styles[look]}`}
    >
      {({ percentage }) => (
        <span
          className={value === null ? styles.moving : styles.fill}
          style={value === null ? undefined : { width: `${percentage}%` }}
        />
      )}
    </AriaProgressBar>
  );
}
