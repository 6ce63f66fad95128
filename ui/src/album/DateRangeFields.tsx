// From – to, as people write dates: a year, a month or a day. Every date that can be read counts at once.
import { useId, useState } from "react";
import { TextField } from "../kit";
import { words } from "../words";
import styles from "./FilterFields.module.css";
import type { DateReader } from "./filterDates";

export type DateRangeFieldsProps = {
  /** What the dates are of. */
  label: string;
  from: number | null;
  /** Behind the last day of the range. */
  until: number | null;
  dates: DateReader;
  onChange: (from: number | null, until: number | null) => void;
};

export function DateRangeFields({ label, from, until, dates, onChange }: DateRangeFieldsProps) {
  const id = useId();
  const [written, setWritten] = useState(() => ({
    from: from === null ? "" : dates.day(from),
    until: until === null ? "" : dates.day(until - 1),
  }));
  const change = (next: typeof written) => {
    setWritten(next);
    const read = { from: dates.start(next.from), until: dates.end(next.until) };
    const isRead = (which: "from" | "until") => next[which].trim() === "" || read[which] !== null;
    // What is half written leaves the range as it was.
    onChange(isRead("from") ? read.from : from, isRead("until") ? read.until : until);
  };
  const wrong = (text: string) => (text.trim() !== "" && dates.start(text) === null ? words.albumBar.noDate : null);
  return (
    <div role="group" aria-labelledby={id}>
      <span id={id} className={styles.legend}>
        {label}
      </span>
      <div className={styles.dates}>
        <TextField
          label={words.albumBar.from}
          placeholder={words.albumBar.dateExample}
          error={wrong(written.from)}
          value={written.from}
          onChange={(text) => change({ ...written, from: text })}
        />
        <TextField
          label={words.albumBar.until}
          placeholder={words.albumBar.dateExample}
          error={wrong(written.until)}
          value={written.until}
          onChange={(text) => change({ ...written, until: text })}
        />
      </div>
    </div>
  );
}
