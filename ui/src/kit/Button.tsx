// A button with words. Three weights: the one action that matters, an ordinary one, a quiet one; and one that destroys.
import { type ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import styles from "./Button.module.css";

export type ButtonProps = Omit<AriaButtonProps, "children" | "className"> & {
  children: ReactNode;
  /** primary: at most one a view. quiet: no border. danger: cannot be undone. link: inside text. */
  look?: "primary" | "plain" | "quiet" | "danger" | "link";
  /** Stands before the words. */
  icon?: ReactNode;
  /** Stands behind the words, e.g. a chevron. */
  after?: ReactNode;
  className?: string;
};

export function Button({ children, look = "plain", icon, after, className, ...props }: ButtonProps) {
  const classes = [styles.button, styles[look], className].filter(Boolean).join(" ");
  return (
    <AriaButton {...props} className={classes}>
      {icon}
      <span className={styles.words}>{children}</span>
      {after}
    </AriaButton>
  );
}
