// Says for good that this is practice storage, with the two things that people try there one press away.
import { useAppStateValue, useCommand } from "../api";
import { useHost } from "../host";
import { Button } from "../kit";
import { words } from "../words";
import styles from "./PracticeCorner.module.css";
import { useSignIn } from "./SignInProvider";

export function PracticeCorner() {
  const { commands } = useHost();
  const { state, accept } = useAppStateValue();
  const { busy, run } = useCommand();
  const signIn = useSignIn();
  if (!state.storage?.practice) return null;
  const become = async (command: typeof commands.signOut) => {
    const next = await run(command);
    if (next) accept(next);
  };
  return (
    <div className={styles.corner}>
      <p className={styles.chip} title={words.frame.practiceExplained}>
        {words.frame.practiceChip}
      </p>
      <div className={styles.links}>
        {state.account.kind === "person" ? (
          <Button look="link" isDisabled={busy} onPress={() => void become(commands.signOut)}>
            {words.session.seeAsGuest}
          </Button>
        ) : (
          <Button look="link" isDisabled={busy} onPress={() => void become(commands.practiceSignIn)}>
            {words.session.practiceSignInShort}
          </Button>
        )}
        <Button look="link" onPress={() => signIn.open("signUp")}>
          {words.session.createAccount}
        </Button>
      </div>
    </div>
  );
}
