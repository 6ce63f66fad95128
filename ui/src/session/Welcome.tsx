// The very first screen: three ways to begin.
import { Play, Plug, Ticket } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Button as AriaButton } from "react-aria-components";
import { words } from "../words";
import { FailureNote } from "./FailureNote";
import type { FirstRunFlow } from "./useFirstRun";
import { Page } from "./Page";
import styles from "./Welcome.module.css";

export function Welcome({ flow }: { flow: FirstRunFlow }) {
  const { busy, failure } = flow.command;
  const [firstFile, , lastFile] = words.session.fileNames;
  return (
    <Page title={words.session.welcome} text={words.session.welcomeText}>
      <div role="group" aria-label={words.session.choices} className={styles.choices}>
        <Choice
          icon={<Ticket />}
          title={words.session.invitation}
          isMain
          isDisabled={busy}
          onPress={() => flow.show("invitation")}
        >
          {words.session.invitationText}
        </Choice>
        <Choice icon={<Plug />} title={words.session.connect} isDisabled={busy} onPress={() => flow.show("connect")}>
          {words.session.connectTextBefore} <code>{firstFile}</code> {words.session.connectTextOr}{" "}
          <code>{lastFile}</code>
          {words.session.connectTextAfter}
        </Choice>
        <Choice icon={<Play />} title={words.session.practice} isDisabled={busy} onPress={flow.startPractice}>
          {busy ? words.session.practiceStarting : words.session.practiceText}
        </Choice>
      </div>
      {failure && (
        <div className={styles.failure}>
          <FailureNote failure={failure} offers={false} />
        </div>
      )}
    </Page>
  );
}

type ChoiceProps = {
  icon: ReactNode;
  title: string;
  /** The most likely one. */
  isMain?: boolean;
  isDisabled: boolean;
  onPress: () => void;
  children: ReactNode;
};

function Choice({ icon, title, isMain = false, isDisabled, onPress, children }: ChoiceProps) {
  const id = useId();
  return (
    <AriaButton
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      isDisabled={isDisabled}
      onPress={onPress}
      className={isMain ? `${styles.choice} ${styles.main}` : styles.choice}
    >
      <span aria-hidden className={styles.icon}>
        {icon}
      </span>
      <span id={`${id}-title`} className={styles.title}>
        {title}
      </span>
      <span id={`${id}-text`} className={styles.text}>
        {children}
      </span>
    </AriaButton>
  );
}
