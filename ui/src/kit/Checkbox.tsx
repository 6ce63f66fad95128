// A box to tick, with its words.
import { Check, Minus } from "lucide-react";
import { type ReactNode } from "react";
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from "react-aria-components";
import styles from "./Checkbox.module.css";

export type CheckboxProps = Omit<AriaCheckboxProps, "children" | "className"> & { children: ReactNode };

export function Checkbox({ children, ...props }: CheckboxProps) {
  return (
    <AriaCheckbox {...props} className={styles.checkbox}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className={styles.box}>{isIndeterminate ? <Minus /> : isSelected ? <Check /> : null}</span>
          {children}
        </>
      )}
    </AriaCheckbox>
  );
}
