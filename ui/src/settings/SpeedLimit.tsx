// One limit: off, or a number with its unit.
import { Checkbox, NumberField, SegmentedControl } from "../kit";
import { words } from "../words";
import { bytesOf, DEFAULT_LIMIT, inUnit, leastOf, type LimitUnit, unitOf } from "./limit";
import styles from "./SettingsDialog.module.css";

export type SpeedLimitProps = {
  label: string;
  valueLabel: string;
  /** Bytes a second; null: as fast as the line. */
  limit: number | null;
  onChange: (limit: number | null) => void;
};

const UNITS: readonly { id: LimitUnit; label: string }[] = [
  { id: "kilobytes", label: words.settings.kilobytes },
  { id: "megabytes", label: words.settings.megabytes },
];

export function SpeedLimit({ label, valueLabel, limit, onChange }: SpeedLimitProps) {
  const unit = limit === null ? "megabytes" : unitOf(limit);
  return (
    <div role="group" aria-label={label} className={styles.limit}>
      <Checkbox isSelected={limit !== null} onChange={(on) => onChange(on ? DEFAULT_LIMIT : null)}>
        {label}
      </Checkbox>
      {limit !== null && (
        <span className={styles.value}>
          <NumberField
            label={valueLabel}
            labelHidden
            value={inUnit(limit, unit)}
            minValue={leastOf(unit)}
            step={unit === "megabytes" ? 0.5 : 10}
            formatOptions={{ maximumFractionDigits: 1 }}
            onChange={(value) => Number.isFinite(value) && onChange(bytesOf(value, unit))}
          />
          <SegmentedControl
            label={words.settings.unit}
            segments={UNITS}
            value={unit}
            onChange={(next) => onChange(bytesOf(Math.max(inUnit(limit, unit), leastOf(next)), next))}
          />
        </span>
      )}
    </div>
  );
}
