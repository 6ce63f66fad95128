// How large photos go: as they are, or with a longest side. For the dialog and for the settings.
import type { PhotoSize } from "../host";
import { SegmentedControl } from "../kit";
import { words } from "../words";
import styles from "./PhotoSizeField.module.css";

export type PhotoSizeFieldProps = { value: PhotoSize; onChange: (size: PhotoSize) => void };

const SIZES: readonly PhotoSize[] = ["original", "large", "medium"];

export function PhotoSizeField({ value, onChange }: PhotoSizeFieldProps) {
  const { photoSize, photoSizes, photoSizeHelp } = words.upload;
  return (
    <div className={styles.field}>
      <span className={styles.row}>
        <span className={styles.name}>{photoSize}</span>
        <SegmentedControl
          label={photoSize}
          segments={SIZES.map((id) => ({ id, label: photoSizes[id] }))}
          value={value}
          onChange={onChange}
        />
      </span>
      {value !== "original" && <p className={styles.help}>{photoSizeHelp}</p>}
    </div>
  );
}
