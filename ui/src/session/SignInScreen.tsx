// The whole window while nobody is signed in and guests are not let in.
import { useAppState } from "../api";
import { SessionBanners } from "./Banners";
import { words } from "../words";
import { AccountMenu } from "./AccountMenu";
import { Page } from "./Page";
import { SignInSteps, stepTitle } from "./SignInSteps";
import styles from "./SignInScreen.module.css";
import { useSignInFlow } from "./useSignInFlow";

export function SignInScreen() {
  const { storage } = useAppState();
  const name = storage?.name ?? "";
  const flow = useSignInFlow("signIn", noop);
  return (
    <Page
      title={stepTitle(flow.step, name)}
      text={flow.step.kind === "signIn" ? words.session.signInNeeded(name) : undefined}
    >
      <div className={styles.banner}>
        <SessionBanners />
      </div>
      <div className={styles.card}>
        <SignInSteps flow={flow} />
      </div>
      <div className={styles.account}>
        <AccountMenu />
      </div>
    </Page>
  );
}

function noop() {
  // The new state replaces this screen by itself.
}
