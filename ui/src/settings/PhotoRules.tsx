// What becomes of photos on their way up, where nothing else is chosen for an upload.
import { Checkbox } from "../kit";
import { PhotoSizeField } from "../upload";
import { words } from "../words";
import type { RulesProps } from "./RunRules";
import styles from "./SettingsDialog.module.css";

export function PhotoRules({ settings: { photos }, onChange }: RulesProps) {
  return (
    <section aria-labelledby="settings-photos" className={styles.section}>
      <h3 id="settings-photos" className={styles.heading}>
        {words.settings.photos}
      </h3>
      <Checkbox
        isSelected={photos.removeLocation}
        onChange={(removeLocation) => onChange({ photos: { ...photos, removeLocation } })}
      >
        {words.settings.removeLocation}
      </Checkbox>
      <p className={styles.help}>{words.settings.removeLocationHelp}</p>
      <PhotoSizeField value={photos.size} onChange={(size) => onChange({ photos: { ...photos, size } })} />
      <Checkbox
        isSelected={photos.skipDuplicates}
        onChange={(skipDuplicates) => onChange({ photos: { ...photos, skipDuplicates } })}
      >
        {words.settings.skipDuplicates}
      </Checkbox>
      <Checkbox isSelected={photos.ask} onChange={(ask) => onChange({ photos: { ...photos, ask } })}>
        {words.settings.askPhotos}
      </Checkbox>
    </section>
  );
}
