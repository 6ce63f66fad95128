// One line (or, with `rows`, several) of text with its label, a helping line and a complaint.
import { FieldError, Input, Label, Text, TextArea, TextField as AriaTextField } from "react-aria-components";
import type { TextFieldProps as AriaTextFieldProps } from "react-aria-components";
import styles from "./TextField.module.css";

export type TextFieldProps = Omit<AriaTextFieldProps, "children" | "className" | "isInvalid"> & {
  label: string;
  /** Helps before anything went wrong. */
  help?: string;
  /** What is wrong with the value. */
  error?: string | null;
  placeholder?: string;
  /** More than one: a text area. */
  rows?: number;
  /** The label is said but not drawn. */
  labelHidden?: boolean;
  /** For pasted machine text: links and codes. */
  mono?: boolean;
};

export function TextField(props: TextFieldProps) {
  const { label, help, error, placeholder, rows = 1, labelHidden = false, mono = false, ...rest } = props;
  const inputClass = `${styles.input} ${mono ? styles.mono : ""}`;
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className={styles.field} validationBehavior="aria">
      <Label className={labelHidden ? styles.hidden : styles.label}>{label}</Label>
      {rows > 1 ? (
        <TextArea rows={rows} placeholder={placeholder} className={inputClass} spellCheck={false} />
      ) : (
        <Input placeholder={placeholder} className={inputClass} spellCheck={false} />
      )}
      {help && !error && (
        <Text slot="description" className={styles.help}>
          {help}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </AriaTextField>
  );
}
