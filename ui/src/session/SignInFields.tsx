// What the forms of signing in share: the form itself, passwords, codes, the way back, the practice mail.
import { type ReactNode } from "react";
import { useAppState } from "../api";
import { Button, TextField } from "../kit";
import { words } from "../words";
import { FailureNote } from "./FailureNote";
import { SandboxMail } from "./SandboxMail";
import styles from "./SignInSteps.module.css";
import type { SignInFlow } from "./useSignInFlow";

type StepFormProps = { flow: SignInFlow; send: string; ready: boolean; onSend: () => void; children: ReactNode };

export function StepForm({ flow, send, ready, onSend, children }: StepFormProps) {
  const { busy, failure } = flow.command;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSend();
      }}
    >
      {failure && <FailureNote failure={failure} offers={false} />}
      {children}
      <Button type="submit" look="primary" isDisabled={!ready || busy} className={styles.send}>
        {send}
      </Button>
    </form>
  );
}

type PasswordFieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string;
  autoFocus?: boolean;
  /** The password that is known already, not a new one. */
  current?: boolean;
};

export function PasswordField({ current = false, ...props }: PasswordFieldProps) {
  return <TextField {...props} type="password" autoComplete={current ? "current-password" : "new-password"} />;
}

export function CodeField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <TextField
      label={words.session.code}
      value={value}
      // Codes are pasted with spaces around and between the digits.
      onChange={(text) => onChange(text.replace(/\s/g, ""))}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      mono
    />
  );
}

export function BackToSignIn({ flow, username }: { flow: SignInFlow; username: string }) {
  return (
    <div className={styles.links}>
      <Button look="link" onPress={() => flow.show({ kind: "signIn", username, note: "none" })}>
        {words.session.haveAccount}
      </Button>
    </div>
  );
}

export function PracticeMail({ onUse }: { onUse: (code: string) => void }) {
  const { storage } = useAppState();
  const use = (code: string) => {
    onUse(code);
    // So that Enter goes on.
    document.querySelector<HTMLInputElement>("input[autocomplete=one-time-code]")?.focus();
  };
  return storage?.practice ? <SandboxMail onUse={use} /> : null;
}
