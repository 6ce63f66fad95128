// Walks through the steps of signing in: runs the commands, keeps the step, tells when it is done.
import { useCallback, useState } from "react";
import { type CommandRun, useAppStateValue, useCommand } from "../api";
import { type ChallengeAnswer, type SignInStep as Answer, useHost } from "../host";
import { toast } from "../kit";
import { words } from "../words";
import { firstStep, type Step, stepAfter, stepAfterSignUp } from "./signInStep";
import type { SignInStart } from "./SignInProvider";

export type SignInFlow = {
  step: Step;
  command: CommandRun;
  show: (step: Step) => void;
  signIn: (username: string, password: string) => void;
  answer: (answer: ChallengeAnswer) => void;
  signUp: (username: string, email: string, password: string) => void;
  confirm: (code: string) => void;
  resend: () => void;
  forgot: (username: string) => void;
  reset: (code: string, password: string) => void;
};

export function useSignInFlow(start: SignInStart, onDone: () => void): SignInFlow {
  const { commands } = useHost();
  const { accept } = useAppStateValue();
  const command = useCommand();
  const [step, setStep] = useState<Step>(() => firstStep(start));
  const { run, clear } = command;

  const show = useCallback(
    (next: Step) => {
      clear();
      setStep(next);
    },
    [clear],
  );
  const follow = (answer: Answer | undefined, username: string, password: string | null) => {
    if (!answer) return;
    const next = stepAfter(answer, username, password);
    if (next) return setStep(next);
    if (answer.kind !== "done") return;
    accept(answer.state);
    onDone();
    const { account } = answer.state;
    if (account.kind === "person") toast({ text: words.session.signedInAs(account.email ?? account.username) });
  };
  const signIn = async (username: string, password: string) =>
    follow(await run(() => commands.signIn(username, password)), username, password);

  return {
    step,
    command,
    show,
    signIn: (username, password) => void signIn(username, password),
    answer: async (given) => follow(await run(() => commands.answerChallenge(given)), "", null),
    signUp: async (username, email, password) => {
      const answer = await run(() => commands.signUp(username, email, password));
      if (answer) setStep(stepAfterSignUp(answer, username, password));
    },
    confirm: async (code) => {
      if (step.kind !== "confirm") return;
      const { username, password } = step;
      const confirmed = await run(() => commands.confirmSignUp(username, code));
      if (confirmed === undefined) return;
      setStep({ kind: "signIn", username, note: "confirmed" });
      if (password !== null) await signIn(username, password);
    },
    resend: async () => {
      if (step.kind !== "confirm") return;
      const delivery = await run(() => commands.resendCode(step.username));
      if (delivery) setStep({ ...step, delivery });
    },
    forgot: async (username) => {
      const delivery = await run(() => commands.forgotPassword(username));
      if (delivery) setStep({ kind: "reset", username, delivery });
    },
    reset: async (code, password) => {
      if (step.kind !== "reset") return;
      const done = await run(() => commands.resetPassword(step.username, code, password));
      if (done !== undefined) setStep({ kind: "signIn", username: step.username, note: "passwordChanged" });
    },
  };
}
