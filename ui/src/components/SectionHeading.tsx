// The heading of a section of an album: its date, what is in it, and a circle that selects all of it.
import { Check } from "lucide-react";
import { words } from "../words";
import styles from "./SectionHeading.module.css";

export type SectionHeadingProps = {
  title: string;
  /** "6 photos, 1 note"; empty while the section goes on beyond what was read: then it can't be selected as a whole. */
  text: string;
  /** Something is selected: the circle is always shown. */
  selecting: boolean;
  /** Everything in it is selected. */
  all: boolean;
  onSelect?: () => void;
  /** Stands beside others in one line: the title in little room. */
  shortTitle?: string | undefined;
};

export function SectionHeading({ title, text, selecting, all, onSelect, shortTitle }: SectionHeadingProps) {
  return (
    <div
      role="rowheader"
      aria-label={text ? `${title} · ${text}` : title}
      className={[styles.day, selecting && styles.selecting, shortTitle && styles.small].filter(Boolean).join(" ")}
      title={shortTitle && (text ? `${title} · ${text}` : title)}
    >
      <span className={styles.title}>{shortTitle ?? title}</span>
      {text && <span className={styles.text}>{text}</span>}
      {onSelect && text && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={all ? words.album.unselectDay(title) : words.album.selectDay(title)}
          aria-pressed={all}
          className={styles.check}
          onClick={onSelect}
        >
          {all && <Check aria-hidden size={13} strokeWidth={2.5} />}
        </button>
      )}
    </div>
  );
}
