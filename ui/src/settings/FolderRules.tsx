// What of a folder goes along when it is uploaded.
import { useState } from "react";
import { SegmentedControl, TextField } from "../kit";
import { words } from "../words";
import type { RulesProps } from "./RunRules";
import styles from "./SettingsDialog.module.css";

export function FolderRules({ settings, onChange }: RulesProps) {
  const { excluded, links } = settings;
  const [draft, setDraft] = useState<string | null>(null);
  const settle = () => {
    if (draft === null) return;
    const names = draft
      .split("\n")
      .map((name) => name.trim())
      .filter(Boolean);
    setDraft(null);
    if (names.join("\n") !== excluded.join("\n")) onChange({ excluded: names });
  };
  return (
    <section aria-labelledby="settings-folders" className={styles.section}>
      <h3 id="settings-folders" className={styles.heading}>
        {words.settings.folders}
      </h3>
      <TextField
        label={words.settings.excluded}
        help={words.settings.excludedHelp}
        rows={3}
        mono
        value={draft ?? excluded.join("\n")}
        onChange={setDraft}
        onBlur={settle}
      />
      <span className={styles.row}>
        <span className={styles.name}>{words.settings.links}</span>
        <SegmentedControl
          label={words.settings.links}
          segments={[
            { id: "skip", label: words.settings.linksSkip },
            { id: "follow", label: words.settings.linksFollow },
          ]}
          value={links}
          onChange={(rule) => onChange({ links: rule })}
        />
      </span>
    </section>
  );
}
