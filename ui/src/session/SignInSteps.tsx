// The form of each step of signing in. What a form sends goes to the flow; nothing is kept here after it is sent.
import { useState } from "react";
import { useHost } from "../host";
import { Banner, Button, TextField, toast } from "../kit";
import { words } from "../words";
import { BackToSignIn, CodeField, PasswordField, PracticeMail, StepForm } from "./SignInFields";
import type { Step } from "./signInStep";
import styles from "./SignInSteps.module.css";
import type { SignInFlow } from "./useSignInFlow";

type StepOf<Kind extends Step["kind"]> = Extract<Step, { kind: Kind }>;

export function stepTitle(step: Step, storage: string): string {
  const titles: Record<Step["kind"], string> = {
    signIn: words.session.signInTo(storage),
    signUp: words.session.createAccountTitle,
    confirm: words.session.confirmTitle,
    forgot: words.session.forgotTitle,
    reset: words.session.forgotTitle,
    newPassword: words.session.newPasswordTitle,
    code: words.session.codeTitle,
    setUpTotp: words.session.totpTitle,
  };
  return titles[step.kind];
}

export function SignInSteps({ flow }: { flow: SignInFlow }) {
  const { step } = flow;
  switch (step.kind) {
    case "signIn":
      return <SignInForm key="signIn" flow={flow} step={step} />;
    case "signUp":
      return <SignUpForm flow={flow} />;
    case "confirm":
      return <ConfirmForm flow={flow} step={step} />;
    case "forgot":
      return <ForgotForm flow={flow} step={step} />;
    case "reset":
      return <ResetForm flow={flow} step={step} />;
    case "newPassword":
      return <NewPasswordForm flow={flow} />;
    case "code":
      return <CodeForm flow={flow} text={words.session.codeTexts[step.channel]} />;
    case "setUpTotp":
      return <TotpForm flow={flow} step={step} />;
  }
}

function SignInForm({ flow, step }: { flow: SignInFlow; step: StepOf<"signIn"> }) {
  const [username, setUsername] = useState(step.username);
  const [password, setPassword] = useState("");
  const notes = {
    none: null,
    confirmed: words.session.accountConfirmed,
    passwordChanged: words.session.passwordChanged,
  };
  return (
    <StepForm
      flow={flow}
      send={words.session.signIn}
      ready={Boolean(username && password)}
      onSend={() => flow.signIn(username, password)}
    >
      {notes[step.note] && <Banner tone="info">{notes[step.note]}</Banner>}
      <TextField
        label={words.session.username}
        value={username}
        onChange={setUsername}
        autoComplete="username"
        autoFocus={!step.username}
      />
      <PasswordField
        label={words.session.password}
        value={password}
        onChange={setPassword}
        current
        autoFocus={Boolean(step.username)}
      />
      <div className={styles.links}>
        <Button look="link" onPress={() => flow.show({ kind: "forgot", username })}>
          {words.session.forgotPassword}
        </Button>
        <span>
          {words.session.noAccount}{" "}
          <Button look="link" onPress={() => flow.show({ kind: "signUp" })}>
            {words.session.createAccount}
          </Button>
        </span>
      </div>
    </StepForm>
  );
}

function SignUpForm({ flow }: { flow: SignInFlow }) {
  const [username, setUsername] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const ready = Boolean(username && email && password);
  return (
    <StepForm
      flow={flow}
      send={words.session.createAccount}
      ready={ready}
      onSend={() => flow.signUp(username, email, password)}
    >
      <TextField
        label={words.session.newUsername}
        value={username}
        onChange={setUsername}
        autoComplete="username"
        autoFocus
      />
      <TextField label={words.session.email} value={email} onChange={setEmail} type="email" autoComplete="email" />
      <PasswordField
        label={words.session.password}
        value={password}
        onChange={setPassword}
        help={words.session.passwordHelp}
      />
      <BackToSignIn flow={flow} username={username} />
    </StepForm>
  );
}

function ConfirmForm({ flow, step }: { flow: SignInFlow; step: StepOf<"confirm"> }) {
  const [code, setCode] = useState("");
  const { delivery } = step;
  return (
    <StepForm flow={flow} send={words.session.confirm} ready={code !== ""} onSend={() => flow.confirm(code)}>
      <p>{delivery ? words.session.codeSent(delivery.medium, delivery.destination) : words.session.confirmFirst}</p>
      <CodeField value={code} onChange={setCode} />
      <div className={styles.links}>
        <Button look="link" onPress={flow.resend}>
          {words.session.resendCode}
        </Button>
      </div>
      <PracticeMail onUse={setCode} />
    </StepForm>
  );
}

function ForgotForm({ flow, step }: { flow: SignInFlow; step: StepOf<"forgot"> }) {
  const [username, setUsername] = useState(step.username);
  return (
    <StepForm flow={flow} send={words.session.sendCode} ready={username !== ""} onSend={() => flow.forgot(username)}>
      <p>{words.session.forgotText}</p>
      <TextField
        label={words.session.username}
        value={username}
        onChange={setUsername}
        autoComplete="username"
        autoFocus
      />
      <BackToSignIn flow={flow} username={username} />
    </StepForm>
  );
}

function ResetForm({ flow, step }: { flow: SignInFlow; step: StepOf<"reset"> }) {
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  return (
    <StepForm
      flow={flow}
      send={words.session.resetPassword}
      ready={Boolean(code && password)}
      onSend={() => flow.reset(code, password)}
    >
      <p>{words.session.codeSent(step.delivery.medium, step.delivery.destination)}</p>
      <CodeField value={code} onChange={setCode} />
      <PasswordField
        label={words.session.newPassword}
        value={password}
        onChange={setPassword}
        help={words.session.passwordHelp}
      />
      <PracticeMail onUse={setCode} />
    </StepForm>
  );
}

function NewPasswordForm({ flow }: { flow: SignInFlow }) {
  const [password, setPassword] = useState("");
  return (
    <StepForm
      flow={flow}
      send={words.session.resetPassword}
      ready={password !== ""}
      onSend={() => flow.answer({ kind: "newPassword", password })}
    >
      <p>{words.session.newPasswordText}</p>
      <PasswordField
        label={words.session.newPassword}
        value={password}
        onChange={setPassword}
        help={words.session.passwordHelp}
        autoFocus
      />
    </StepForm>
  );
}

function CodeForm({ flow, text }: { flow: SignInFlow; text: string }) {
  const [code, setCode] = useState("");
  return (
    <StepForm
      flow={flow}
      send={words.session.confirm}
      ready={code !== ""}
      onSend={() => flow.answer({ kind: "code", code })}
    >
      <p>{text}</p>
      <CodeField value={code} onChange={setCode} />
    </StepForm>
  );
}

function TotpForm({ flow, step }: { flow: SignInFlow; step: StepOf<"setUpTotp"> }) {
  const host = useHost();
  const [code, setCode] = useState("");
  const copy = () => void host.commands.copyText(step.secret).then(() => toast({ text: words.session.keyCopied }));
  return (
    <StepForm
      flow={flow}
      send={words.session.confirm}
      ready={code !== ""}
      onSend={() => flow.answer({ kind: "code", code })}
    >
      <p>{words.session.totpText}</p>
      <div className={styles.secret}>
        <TextField label={words.session.totpSecret} value={step.secret} isReadOnly mono />
        <Button onPress={copy}>{words.session.copyKey}</Button>
      </div>
      <CodeField value={code} onChange={setCode} />
    </StepForm>
  );
}
