// What stays true about the session and should be seen from everywhere: it ended, the storage cannot be used, the sign-in cannot be kept.
import { useState } from "react";
import { useAppStateValue, useCommand } from "../api";
import { useHost } from "../host";
import { Banner, Button } from "../kit";
import { words } from "../words";
import { useSignIn } from "./SignInProvider";

export function SessionBanners() {
  const { commands } = useHost();
  const { state, accept } = useAppStateValue();
  const { sessionEnded, keychain, account, problem } = state;
  const { busy, run } = useCommand();
  const signIn = useSignIn();
  const [understood, setUnderstood] = useState(false);
  if (sessionEnded) {
    return (
      <Banner tone="warn" actions={<Button onPress={() => signIn.open("signIn")}>{words.session.signIn}</Button>}>
        {words.session.sessionEnded}
      </Banner>
    );
  }
  if (problem) {
    const reconnect = async () => {
      const next = await run(() => commands.reconnect());
      if (next) accept(next);
    };
    return (
      <Banner
        tone="warn"
        actions={
          <Button isDisabled={busy} onPress={() => void reconnect()}>
            {words.failure.tryAgain}
          </Button>
        }
      >
        {problem.message} {problem.hint}
      </Banner>
    );
  }
  if (keychain === "thisRunOnly" && account.kind === "person" && !understood) {
    return (
      <Banner tone="info" actions={<Button onPress={() => setUnderstood(true)}>{words.session.understood}</Button>}>
        {words.session.keychainThisRun}
      </Banner>
    );
  }
  return null;
}
