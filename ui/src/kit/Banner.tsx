// One line across the view that stays while it is true: offline, session ended, no safe place for the sign-in.
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { type ReactNode } from "react";
import styles from "./Banner.module.css";

export type BannerProps = {
  tone: "info" | "warn" | "bad";
  children: ReactNode;
  /** Buttons. */
  actions?: ReactNode;
};

const MARKS = { info: Info, warn: TriangleAlert, bad: CircleAlert };

export function Banner({ tone, children, actions }: BannerProps) {
  const Mark = MARKS[tone];
  return (
    <div role="status" className={`${styles.banner} ${styles[tone]}`}>
      <Mark aria-hidden className={styles.mark} />
      <div className={styles.words}>{children}</div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
