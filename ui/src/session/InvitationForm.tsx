// Paste the link that you were given, or drop the file that holds it.
import { useState } from "react";
import { useHost } from "../host";
import { Button, TextField } from "../kit";
import { words } from "../words";
import styles from "./ConnectForm.module.css";
import { FailureNote } from "./FailureNote";
import type { FirstRunFlow } from "./useFirstRun";
import { Page } from "./Page";

export function InvitationForm({ flow }: { flow: FirstRunFlow }) {
  const { commands } = useHost();
  const [text, setText] = useState("");
  const { busy, failure } = flow.command;
  return (
    <Page title={words.session.invitationTitle} compact onBack={() => flow.show("welcome")}>
      <form
        className={styles.card}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) flow.read(() => commands.readInvitation(text));
        }}
      >
        {failure && <FailureNote failure={failure} offers={false} />}
        <TextField
          label={words.session.invitationField}
          help={words.session.invitationHelp}
          placeholder={words.session.invitationPlaceholder}
          value={text}
          onChange={setText}
          rows={3}
          autoFocus
          mono
        />
        <div className={styles.buttons}>
          <Button onPress={() => flow.read(() => commands.chooseConfigFile())}>{words.session.chooseFile}</Button>
          <Button type="submit" look="primary" isDisabled={busy || !text.trim()}>
            {words.session.readInvitation}
          </Button>
        </div>
      </form>
    </Page>
  );
}
