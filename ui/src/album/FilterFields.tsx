// The fields of an album's filter: the name, the kinds, the dates. Every change counts at once.
import { useState } from "react";
import type { AlbumFilter, Failure, Media, PatternKind } from "../host";
import { Button, Checkbox, SegmentedControl, TextField } from "../kit";
import { isoDate } from "../naming";
import { words } from "../words";
import styles from "./FilterFields.module.css";
import { endOf, startOf } from "./filterDates";
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
  const [dates, setDates] = useState(() => ({ from: written(draft.from), until: written(draft.until, -1) }));
  const change = (part: Partial<AlbumFilter>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    onChange(next);
  };
  // Stays while the name is emptied and written anew.
  const [how, setHow] = useState(draft.name?.how ?? "text");
  const date = (which: "from" | "until", text: string) => {
    setDates({ ...dates, [which]: text });
    const at = which === "from" ? startOf(text) : endOf(text);
    if (text.trim() === "" || at !== null) change({ [which]: text.trim() === "" ? null : at });
  };
  const wrong = (which: "from" | "until") =>
    dates[which].trim() !== "" && startOf(dates[which]) === null ? words.albumBar.noDate : null;
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
      <div className={styles.dates}>
        <TextField
          label={words.albumBar.from}
          placeholder={words.albumBar.dateExample}
          help={words.albumBar.dateHelp}
          error={wrong("from")}
          value={dates.from}
          onChange={(text) => date("from", text)}
        />
        <TextField
          label={words.albumBar.until}
          placeholder={words.albumBar.dateExample}
          help={words.albumBar.dateHelp}
          error={wrong("until")}
          value={dates.until}
          onChange={(text) => date("until", text)}
        />
      </div>
      {!isEverything(draft) && (
        <Button
          onPress={() => {
            setDates({ from: "", until: "" });
            change(EVERYTHING);
          }}
        >
          {words.albumBar.everything}
        </Button>
      )}
    </div>
  );
}

/** The day of a moment, or of the one just before it. */
function written(at: number | null, shift = 0): string {
  return at === null ? "" : isoDate(at + shift);
}
