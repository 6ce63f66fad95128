// What becomes of the photos and videos of an upload: "8 photos contain where they were taken", whether that goes along, how
// large they go, and whether what is there already is sent again.
import type { PhotoChoices, PhotosFound } from "../host";
import { Checkbox } from "../kit";
import { words } from "../words";
import { PhotoSizeField } from "./PhotoSizeField";
import styles from "./ConsentDialog.module.css";

export type PhotoChoicesFieldsProps = {
  found: PhotosFound;
  choices: PhotoChoices;
  /** Whether photos may be left out because they are there already. */
  offerSkip: boolean;
  onChange: (choices: PhotoChoices) => void;
};

export function PhotoChoicesFields({ found, choices, offerSkip, onChange }: PhotoChoicesFieldsProps) {
  const mayTell = found.located > 0 || found.locatedVideos > 0 || found.more;
  return (
    <section aria-label={words.upload.photos} className={styles.photos}>
      {mayTell && (
        <>
          <p className={styles.found}>{words.upload.located(found)}</p>
          <Checkbox
            isSelected={choices.removeLocation}
            onChange={(removeLocation) => onChange({ ...choices, removeLocation })}
          >
            {words.upload.removeLocation}
          </Checkbox>
          {!choices.removeLocation && <p className={styles.help}>{words.upload.locationGoesAlong}</p>}
        </>
      )}
      <PhotoSizeField value={choices.size} onChange={(size) => onChange({ ...choices, size })} />
      {offerSkip && (
        <Checkbox
          isSelected={choices.skipDuplicates}
          onChange={(skipDuplicates) => onChange({ ...choices, skipDuplicates })}
        >
          {words.upload.skipDuplicates}
        </Checkbox>
      )}
    </section>
  );
}
