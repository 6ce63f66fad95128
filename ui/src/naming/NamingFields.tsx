// The rule that names uploads, with what it makes of real names while it is written.
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { countsFiles, nameBy } from "../components";
import type { NamingSettings } from "../host";
import { Checkbox, TextField } from "../kit";
import { words } from "../words";
import styles from "./NamingFields.module.css";
import { isoDate } from "./today";

export type NamingFieldsProps = {
  rule: NamingSettings;
  onChange: (rule: NamingSettings) => void;
  /** Names that the preview is made of. */
  names: readonly string[];
  /** Spaces always become `_`: no choice of it. */
  spacesAlways?: boolean;
  /** What only those who run the storage want is offered too. */
  developer?: boolean;
};

export function NamingFields({ rule, onChange, names, spacesAlways = false, developer = false }: NamingFieldsProps) {
  const [today] = useState(() => isoDate(Date.now()));
  const made = { ...rule, spaces: rule.spaces || spacesAlways };
  return (
    <div className={styles.fields}>
      <TextField
        label={words.naming.pattern}
        help={words.naming.patternHelp}
        mono
        value={rule.pattern}
        onChange={(pattern) => onChange({ ...rule, pattern })}
      />
      {!spacesAlways && (
        <Checkbox
          isSelected={rule.spaces || rule.exact}
          isDisabled={rule.exact}
          onChange={(spaces) => onChange({ ...rule, spaces })}
        >
          {words.naming.spaces}
        </Checkbox>
      )}
      {(developer || rule.exact) && (
        <Checkbox isSelected={rule.exact} onChange={(exact) => onChange({ ...rule, exact })}>
          {words.naming.exact}
        </Checkbox>
      )}
      <ul aria-label={words.naming.preview} aria-live="polite" className={styles.preview}>
        {names.map((name, index) => (
          <li key={name} className={styles.line}>
            <bdi className={styles.from}>{name}</bdi>
            <ArrowRight aria-label={words.naming.becomes} size={14} />
            <bdi className={styles.to}>{nameBy(made, name, today, rule.next + (countsFiles(rule) ? index : 0))}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
