// The part of the settings that names what the file manager uploads. Each change counts at once; what could not be saved says so.
import { useState } from "react";
import { toFailure } from "../api";
import type { Failure, NamingSettings } from "../host";
import { Button, Checkbox } from "../kit";
import { FailureNote } from "../session";
import { words } from "../words";
import { NamingFields } from "./NamingFields";
import styles from "./NamingSection.module.css";
import { useNamingRule } from "./useNamingRule";

export function NamingSection() {
  const { rule, failure: unread, save } = useNamingRule();
  const [unsaved, setUnsaved] = useState<Failure | null>(null);
  const [draft, setDraft] = useState<NamingSettings | null>(null);
  const [developer, setDeveloper] = useState(false);
  const failure = unsaved ?? unread;
  const shown = draft ?? rule;
  const change = (next: NamingSettings) => {
    setDraft(next);
    save(next).then(
      () => setUnsaved(null),
      (thrown: unknown) => {
        setDraft(null);
        setUnsaved(toFailure(thrown));
      },
    );
  };
  return (
    <section aria-labelledby="settings-naming" className={styles.section}>
      <h3 id="settings-naming" className={styles.heading}>
        {words.naming.title}
      </h3>
      {shown && (
        <>
          <Checkbox isSelected={shown.on} onChange={(on) => change({ ...shown, on })}>
            {words.naming.on}
          </Checkbox>
          {shown.on && (
            <>
              <NamingFields rule={shown} onChange={change} names={words.naming.examples} developer={developer} />
              {!developer && !shown.exact && (
                <Button look="link" onPress={() => setDeveloper(true)}>
                  {words.naming.developer}
                </Button>
              )}
            </>
          )}
        </>
      )}
      {failure && <FailureNote failure={failure} />}
    </section>
  );
}
