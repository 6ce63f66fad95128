// Words that appear on hover and focus. Only for what is said elsewhere too: the name of a mark, an exact date.
import { type ReactElement } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components";
import styles from "./Tooltip.module.css";

export type TooltipProps = {
  text: string;
  shortcut?: string;
  /** A focusable React Aria element. */
  children: ReactElement;
};

export function Tooltip({ text, shortcut, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={600} closeDelay={50}>
      {children}
      <AriaTooltip offset={6} className={styles.tooltip}>
        {text}
        {shortcut && <kbd className={styles.keys}>{shortcut}</kbd>}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
