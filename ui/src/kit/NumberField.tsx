// A number with its label and steppers; told when it is settled, not at each digit.
import { Minus, Plus } from "lucide-react";
import { Button, Group, Input, Label, NumberField as AriaNumberField } from "react-aria-components";
import type { NumberFieldProps as AriaNumberFieldProps } from "react-aria-components";
import styles from "./NumberField.module.css";

export type NumberFieldProps = Omit<AriaNumberFieldProps, "children" | "className"> & {
  label: string;
  /** The label is said but not drawn. */
  labelHidden?: boolean;
};

export function NumberField({ label, labelHidden = false, ...props }: NumberFieldProps) {
  return (
    <AriaNumberField {...props} className={styles.field}>
      <Label className={labelHidden ? styles.hidden : styles.label}>{label}</Label>
      <Group className={styles.group}>
        <Button slot="decrement" className={styles.step}>
          <Minus />
        </Button>
        <Input className={styles.input} />
        <Button slot="increment" className={styles.step}>
          <Plus />
        </Button>
      </Group>
    </AriaNumberField>
  );
}
