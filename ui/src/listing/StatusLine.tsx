// Under the rows: how many there are, how many are selected, how fresh it is. What is selected is said aloud.
import { RotateCw } from "lucide-react";
import { useEffect, useState } from "react";
import type { FolderSelection, ListingState } from "../folder";
import { formatSize, formatTime } from "../format";
import { IconButton } from "../kit";
import { words } from "../words";
import styles from "./StatusLine.module.css";

export type StatusLineProps = { listing: ListingState; selection: FolderSelection };

export function StatusLine({ listing, selection }: StatusLineProps) {
  const { count, complete, updatedAt, failure, query } = listing;
  const { count: selected } = selection;
  const bytes = selection.bytes();
  const size = bytes === null ? null : formatSize(bytes);
  const text =
    selected > 0
      ? words.listing.selected(selected, count, size)
      : !complete
        ? words.listing.stillReading(count)
        : query.filter.text
          ? words.listing.matches(count)
          : words.listing.items(count);
  const time = updatedAt === null ? null : formatTime(updatedAt);
  return (
    <footer className={styles.line}>
      <span>{text}</span>
      <Announcement text={words.listing.announceSelected(selected, size)} />
      <span className={styles.fresh}>
        {time !== null && (
          <span className={failure ? styles.stale : undefined}>
            {failure ? words.listing.staleRows(time) : words.listing.updated(time)}
          </span>
        )}
        <IconButton label={words.listing.refresh} className={styles.refresh} onPress={listing.refresh}>
          <RotateCw />
        </IconButton>
      </span>
    </footer>
  );
}

/** Waits for the selection to rest, and says nothing of the first one, which is none. */
function Announcement({ text }: { text: string }) {
  const [first] = useState(text);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSaid((now) => (now === "" && text === first ? "" : text)), 300);
    return () => clearTimeout(timer);
  }, [text, first]);
  return (
    <span role="status" className={styles.announcement}>
      {said}
    </span>
  );
}
