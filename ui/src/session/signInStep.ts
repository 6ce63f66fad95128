// The steps of signing in and what leads from one to the next; pure.
import type { CodeChannel, CodeDelivery, SignInStep as Answer, SignUpStep } from "../host";
import type { SignInStart } from "./SignInProvider";

export type Step =
  | { kind: "signIn"; username: string; note: "none" | "confirmed" | "passwordChanged" }
  | { kind: "signUp" }
  /** password: typed just now, to sign in by itself afterwards; null when it is not known. */
  | { kind: "confirm"; username: string; password: string | null; delivery: CodeDelivery | null }
  | { kind: "forgot"; username: string }
  | { kind: "reset"; username: string; delivery: CodeDelivery }
  | { kind: "newPassword" }
  | { kind: "code"; channel: CodeChannel }
  | { kind: "setUpTotp"; secret: string; uri: string };

export function firstStep(start: SignInStart): Step {
  if (start === "signUp") return { kind: "signUp" };
  return start === "forgot" ? { kind: "forgot", username: "" } : { kind: "signIn", username: "", note: "none" };
}

/** What Rust asks for next; null: signed in. */
export function stepAfter(answer: Answer, username: string, password: string | null): Step | null {
  switch (answer.kind) {
    case "done":
      return null;
    case "confirmFirst":
      return { kind: "confirm", username, password, delivery: null };
    case "newPassword":
    case "code":
    case "setUpTotp":
      return answer;
  }
}

/** Some pools confirm by themselves: then there is no code to wait for. */
export function stepAfterSignUp(answer: SignUpStep, username: string, password: string): Step {
  return answer.confirmed
    ? { kind: "signIn", username, note: "confirmed" }
    : { kind: "confirm", username, password, delivery: answer.delivery };
}
