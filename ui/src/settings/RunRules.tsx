// How many files go at the same time, what happens at the start, and what is told when it ends.
import { Checkbox, NumberField, SegmentedControl } from "../kit";
import { words } from "../words";
import styles from "./SettingsDialog.module.css";
import type { Settings } from "./useTransferSettings";

const MOST = 64;
/** What choosing a number starts with. */
const FEW = 4;

export type RulesProps = { settings: Settings; onChange: (change: Partial<Settings>) => void };

export function RunRules({ settings, onChange }: RulesProps) {
  const { atOnce, continueOnStart, sha256, notify } = settings;
  return (
    <>
      <section aria-labelledby="settings-together" className={styles.section}>
        <h3 id="settings-together" className={styles.heading}>
          {words.settings.together}
        </h3>
        <span className={styles.row}>
          <SegmentedControl
            label={words.settings.together}
            segments={[
              { id: "automatic", label: words.settings.automatic },
              { id: "chosen", label: words.settings.chosen },
            ]}
            value={atOnce === null ? "automatic" : "chosen"}
            onChange={(how) => onChange({ atOnce: how === "automatic" ? null : FEW })}
          />
          {atOnce !== null && (
            <NumberField
              label={words.settings.togetherValue}
              labelHidden
              value={atOnce}
              minValue={1}
              maxValue={MOST}
              onChange={(value) => Number.isFinite(value) && onChange({ atOnce: value })}
            />
          )}
          {atOnce === null && <span className={styles.help}>{words.settings.automaticHelp}</span>}
        </span>
      </section>
      <section aria-labelledby="settings-start" className={styles.section}>
        <h3 id="settings-start" className={styles.heading}>
          {words.settings.start}
        </h3>
        <Checkbox isSelected={continueOnStart} onChange={(on) => onChange({ continueOnStart: on })}>
          {words.settings.goOn}
        </Checkbox>
        <p className={styles.help}>{words.settings.waitHelp}</p>
      </section>
      <section aria-labelledby="settings-proof" className={styles.section}>
        <h3 id="settings-proof" className={styles.heading}>
          {words.settings.proof}
        </h3>
        <Checkbox isSelected={sha256} onChange={(on) => onChange({ sha256: on })}>
          {words.settings.sha256}
        </Checkbox>
        <p className={styles.help}>{words.settings.sha256Help}</p>
      </section>
      <section aria-labelledby="settings-news" className={styles.section}>
        <h3 id="settings-news" className={styles.heading}>
          {words.settings.news}
        </h3>
        <Checkbox isSelected={notify} onChange={(on) => onChange({ notify: on })}>
          {words.settings.notify}
        </Checkbox>
      </section>
    </>
  );
}
