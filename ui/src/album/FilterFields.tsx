// The fields of an album's filter: the name, the kinds, the dates. Every change counts at once.
import { useState } from "react";
import type { AlbumFilter, Failure, Media, PatternKind } from "../host";
import { Button, Checkbox, SegmentedControl, TextField } from "../kit";
import { words } from "../words";
import { DateRangeFields } from "./DateRangeFields";
import styles from "./FilterFields.module.css";
import { clockReading, momentHere } from "./filterDates";
import { EVERYTHING, isEverything } from "./useAlbumFilter";

export type FilterFieldsProps = {
  filter: AlbumFilter | null;
  /** Why the last one was not taken. */
  failure: Failure | null;
  onChange: (filter: AlbumFilter) => void;
};

const KINDS = Object.keys(words.albumBar.kindOf) as Exclude<Media, "folder">[];
const HOWS: readonly PatternKind[] = ["text", "glob", "regex"];

export function FilterFields({ filter, failure, onChange }: FilterFieldsProps) {
  const [draft, setDraft] = useState(filter ?? EVERYTHING);
  // The fields start anew: what was written in them counts no more.
  const [cleared, setCleared] = useState(0);
  const change = (part: Partial<AlbumFilter>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    onChange(next);
  };
  // Stays while the name is emptied and written anew.
  const [how, setHow] = useState(draft.name?.how ?? "text");
  return (
    <div className={styles.fields}>
      <SegmentedControl
        label={words.albumBar.howLabel}
        segments={HOWS.map((id) => ({ id, label: words.albumBar.how[id] }))}
        value={how}
        onChange={(next) => {
          setHow(next);
          if (draft.name) change({ name: { how: next, text: draft.name.text } });
        }}
      />
      <TextField
        label={words.albumBar.name}
        help={words.albumBar.howHelp[how]}
        error={failure?.message}
        mono={how !== "text"}
        autoFocus
        value={draft.name?.text ?? ""}
        onChange={(text) => change({ name: text === "" ? null : { how, text } })}
      />
      <fieldset className={styles.kinds}>
        <legend className={styles.legend}>{words.albumBar.kinds}</legend>
        {KINDS.map((kind) => (
          <Checkbox
            key={kind}
            isSelected={draft.kinds.includes(kind)}
            onChange={(on) =>
              change({ kinds: on ? [...draft.kinds, kind] : draft.kinds.filter((other) => other !== kind) })
            }
          >
            {words.albumBar.kindOf[kind]}
          </Checkbox>
        ))}
      </fieldset>
      <DateRangeFields
        key={`taken ${cleared}`}
        label={words.albumBar.taken}
        from={draft.takenFrom}
        until={draft.takenUntil}
        dates={clockReading}
        onChange={(takenFrom, takenUntil) => change({ takenFrom, takenUntil })}
      />
      <DateRangeFields
        key={`added ${cleared}`}
        label={words.albumBar.added}
        from={draft.from}
        until={draft.until}
        dates={momentHere}
        onChange={(from, until) => change({ from, until })}
      />
      <p className={styles.help}>{words.albumBar.dateHelp}</p>
      {!isEverything(draft) && (
        <Button
          onPress={() => {
            setCleared(cleared + 1);
            change(EVERYTHING);
          }}
        >
          {words.albumBar.everything}
        </Button>
      )}
    </div>
  );
}
