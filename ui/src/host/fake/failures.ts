// Failures worded as Rust words them.
import type { Failure, FailureCode, Level, Retry } from "..";

export function failure(code: FailureCode, message: string, hint: string, retry: Retry = { kind: "never" }): Failure {
  return { code, message, hint, retry, detail: `code: ${code}\nstatus: 403\nrequest: 00000000-FAKE` };
}

export const refusedFolder = failure(
  "accessDenied",
  "You're not allowed to open this folder.",
  "Ask the people who run this storage.",
);

export const offline = failure(
  "offline",
  "Couldn't reach the storage: this computer is offline.",
  "Check the network; Amphora tries again by itself.",
  { kind: "later", seconds: 10 },
);

export function needsAccount(level: Level): Failure {
  const what = level === "private" ? "Private" : level === "protected" ? "Protected" : "These";
  return failure(
    "needsAccount",
    `${what} files need an account, so that they are yours alone.`,
    "Sign in or create an account.",
    { kind: "afterSignIn" },
  );
}
