// Connect by the app's own settings file, or by a form; and what the people who run the storage must set up.
import { FileJson } from "lucide-react";
import { useState } from "react";
import { type ConnectionForm, useHost } from "../host";
import { Button, Checkbox, TextField } from "../kit";
import { words } from "../words";
import styles from "./ConnectForm.module.css";
import { FailureNote } from "./FailureNote";
import type { FirstRunFlow } from "./useFirstRun";
import { Page } from "./Page";
import { SetupTexts } from "./SetupTexts";

const EMPTY: ConnectionForm = {
  name: "",
  region: "",
  bucket: "",
  bucketRegion: "",
  identityPoolId: "",
  userPoolId: "",
  userPoolClientId: "",
  mandatorySignIn: false,
  endpoint: "",
};

type TextName = Exclude<keyof ConnectionForm, "mandatorySignIn">;

/** In reading order; two a row. Examples show the shape of an id, so that a wrong one is noticed. */
const FIELDS: readonly { name: TextName; label: string; example?: string; help?: string }[] = [
  { name: "name", label: words.session.formName, help: words.session.formNameHelp },
  { name: "region", label: words.session.formRegion, example: "us-east-1" },
  { name: "bucket", label: words.session.formBucket },
  { name: "bucketRegion", label: words.session.formBucketRegion, help: words.session.formBucketRegionHelp },
  { name: "identityPoolId", label: words.session.formIdentityPool, example: "us-east-1:00000000-…" },
  {
    name: "userPoolId",
    label: words.session.formUserPool,
    example: "us-east-1_…",
    help: words.session.formUserPoolHelp,
  },
  { name: "userPoolClientId", label: words.session.formUserPoolClient },
  { name: "endpoint", label: words.session.formEndpoint, help: words.session.formEndpointHelp },
];

export function ConnectForm({ flow }: { flow: FirstRunFlow }) {
  const { commands } = useHost();
  const [form, setForm] = useState(EMPTY);
  const { busy, failure } = flow.command;
  const ready = Boolean(form.region && form.bucket && form.identityPoolId);
  return (
    <Page title={words.session.connectTitle} compact onBack={() => flow.show("welcome")}>
      <div className={`${styles.card} ${styles.wide}`}>
        {failure && <FailureNote failure={failure} offers={false} />}
        <div className={styles.file}>
          <FileJson aria-hidden size={22} className={styles.fileMark} />
          <p className={styles.fileWords}>
            {words.session.fileText}
            <span className={styles.fileNames}>
              {words.session.fileNames.map((name) => (
                <code key={name}>{name}</code>
              ))}
            </span>
          </p>
          <Button look="primary" isDisabled={busy} onPress={() => flow.read(() => commands.chooseConfigFile())}>
            {words.session.chooseFile}
          </Button>
        </div>
        <h2 className={styles.heading}>{words.session.orForm}</h2>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) flow.read(() => commands.readForm(form));
          }}
        >
          <div className={styles.fields}>
            {FIELDS.map(({ name, label, example, help }) => (
              <TextField
                key={name}
                label={label}
                help={help}
                placeholder={example}
                value={form[name]}
                onChange={(value) => setForm({ ...form, [name]: value.trim() === "" ? "" : value })}
              />
            ))}
          </div>
          <Checkbox
            isSelected={form.mandatorySignIn}
            onChange={(mandatorySignIn) => setForm({ ...form, mandatorySignIn })}
          >
            {words.session.formMandatory}
          </Checkbox>
          <div className={styles.buttons}>
            <Button type="submit" isDisabled={busy || !ready}>
              {words.session.readForm}
            </Button>
          </div>
        </form>
        <SetupTexts bucket={form.bucket || null} />
      </div>
    </Page>
  );
}
