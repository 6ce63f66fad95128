// The heading of a day: its date, what is in it, and a circle that selects all of it.
import { Check } from "lucide-react";
import type { Row } from "../host";
import { words } from "../words";
import styles from "./AlbumDay.module.css";
import type { AlbumGridProps } from "./AlbumGrid";
import type { Section } from "./sections";

export type AlbumDayProps = Pick<AlbumGridProps, "selecting" | "onSelectGroup"> & {
  section: Section;
  isSelected: (row: Row) => boolean;
};

export function AlbumDay({ section, selecting, isSelected, onSelectGroup }: AlbumDayProps) {
  const { title, text, rows } = section;
  const all = selecting && rows.every(isSelected);
  return (
    <div
      role="rowheader"
      aria-label={text ? `${title} · ${text}` : title}
      className={selecting ? `${styles.day} ${styles.selecting}` : styles.day}
    >
      <span className={styles.title}>{title}</span>
      {text && <span className={styles.text}>{text}</span>}
      {/* Without its contents in words the day may go on beyond what was read. */}
      {onSelectGroup && text && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={all ? words.album.unselectDay(title) : words.album.selectDay(title)}
          aria-pressed={all}
          className={styles.check}
          onClick={() => onSelectGroup(rows, !all)}
        >
          {all && <Check aria-hidden size={13} strokeWidth={2.5} />}
        </button>
      )}
    </div>
  );
}
