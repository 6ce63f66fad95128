// What a view says when it has nothing to show: a mark, a sentence, a hint, the buttons that help.
import { type ReactNode } from "react";
import styles from "./EmptyState.module.css";

export type EmptyStateProps = {
  icon?: ReactNode;
  title: string;
  hint?: ReactNode;
  actions?: ReactNode;
  /** A refusal or a failure, announced at once. */
  isFailure?: boolean;
};

export function EmptyState({ icon, title, hint, actions, isFailure = false }: EmptyStateProps) {
  return (
    <div className={styles.state} role={isFailure ? "alert" : undefined}>
      {icon && (
        <span aria-hidden className={isFailure ? `${styles.icon} ${styles.bad}` : styles.icon}>
          {icon}
        </span>
      )}
      <p className={styles.title}>{title}</p>
      {hint && <div className={styles.hint}>{hint}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
