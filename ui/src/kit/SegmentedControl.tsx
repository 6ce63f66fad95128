// One of a few, side by side: views, tabs.
import { type ReactNode } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import styles from "./SegmentedControl.module.css";
import { Tooltip } from "./Tooltip";

export type Segment<Id extends string> = {
  id: Id;
  label: string;
  /** Shown instead of the label, which then becomes name and tooltip. */
  icon?: ReactNode;
  shortcut?: string;
};

export type SegmentedControlProps<Id extends string> = {
  /** Names the whole. */
  label: string;
  segments: readonly Segment<Id>[];
  value: Id;
  onChange: (id: Id) => void;
};

export function SegmentedControl<Id extends string>({ label, segments, value, onChange }: SegmentedControlProps<Id>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={styles.group}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = segments.find((segment) => keys.has(segment.id));
        if (chosen && chosen.id !== value) onChange(chosen.id);
      }}
    >
      {segments.map((segment) =>
        segment.icon ? (
          <Tooltip key={segment.id} text={segment.label} shortcut={segment.shortcut}>
            <ToggleButton id={segment.id} aria-label={segment.label} className={`${styles.segment} ${styles.mark}`}>
              {segment.icon}
            </ToggleButton>
          </Tooltip>
        ) : (
          <ToggleButton key={segment.id} id={segment.id} className={styles.segment}>
            {segment.label}
          </ToggleButton>
        ),
      )}
    </ToggleButtonGroup>
  );
}
