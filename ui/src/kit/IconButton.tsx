// A button that shows only a mark; its words are the accessible name and the tooltip.
import { type ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import styles from "./IconButton.module.css";
import { Tooltip } from "./Tooltip";

export type IconButtonProps = Omit<AriaButtonProps, "children" | "className" | "aria-label"> & {
  /** Says what it does; also the tooltip. */
  label: string;
  children: ReactNode;
  /** Shown beside the label in the tooltip, e.g. "Ctrl+U". */
  shortcut?: string;
  className?: string;
};

export function IconButton({ label, children, shortcut, className, ...props }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <AriaButton {...props} aria-label={label} className={[styles.button, className].filter(Boolean).join(" ")}>
        {children}
      </AriaButton>
    </Tooltip>
  );
}
