// Whether thumbnails are stored for other computers.
import { Checkbox } from "../kit";
import { words } from "../words";
import type { RulesProps } from "./RunRules";
import styles from "./SettingsDialog.module.css";

export function ThumbnailRules({ settings: { storeThumbnails }, onChange }: RulesProps) {
  return (
    <section aria-labelledby="settings-thumbnails" className={styles.section}>
      <h3 id="settings-thumbnails" className={styles.heading}>
        {words.settings.thumbnails}
      </h3>
      <Checkbox isSelected={storeThumbnails} onChange={(on) => onChange({ storeThumbnails: on })}>
        {words.settings.storeThumbnails}
      </Checkbox>
      <p className={styles.help}>{words.settings.storeThumbnailsHelp}</p>
    </section>
  );
}
