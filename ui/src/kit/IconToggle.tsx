// A mark that is on or off; its words are the accessible name and the tooltip.
import { type ReactNode } from "react";
import { ToggleButton } from "react-aria-components";
import styles from "./IconButton.module.css";
import { Tooltip } from "./Tooltip";

export type IconToggleProps = {
  /** Says what is on or off; also the tooltip. */
  label: string;
  children: ReactNode;
  isSelected: boolean;
  onChange: (on: boolean) => void;
};

export function IconToggle({ label, children, ...props }: IconToggleProps) {
  return (
    <Tooltip text={label}>
      <ToggleButton {...props} aria-label={label} className={styles.button}>
        {children}
      </ToggleButton>
    </Tooltip>
  );
}
