// What went wrong, for people: every failure code has a weight and the one thing that helps. Also turns anything thrown into a Failure.
import type { Failure, FailureCode } from "../host";
import { words } from "../words";

/** notice: nothing is broken, something is needed. warning: it may pass. error: it did not work. */
export type Severity = "notice" | "warning" | "error";

export type Offer = "tryAgain" | "signIn" | "forgotPassword" | "goToPlace" | "copyDetails" | "none";

export const failureTable: Record<FailureCode, { severity: Severity; offer: Offer }> = {
  notFound: { severity: "error", offer: "goToPlace" },
  alreadyExists: { severity: "notice", offer: "none" },
  accessDenied: { severity: "error", offer: "copyDetails" },
  needsAccount: { severity: "notice", offer: "signIn" },
  signedOut: { severity: "warning", offer: "signIn" },
  wrongPassword: { severity: "error", offer: "forgotPassword" },
  wrongCode: { severity: "error", offer: "none" },
  codeExpired: { severity: "warning", offer: "none" },
  accountExists: { severity: "notice", offer: "signIn" },
  passwordTooWeak: { severity: "notice", offer: "none" },
  notConfirmed: { severity: "notice", offer: "none" },
  offline: { severity: "warning", offer: "tryAgain" },
  throttled: { severity: "warning", offer: "tryAgain" },
  clockSkew: { severity: "error", offer: "tryAgain" },
  changedMeanwhile: { severity: "warning", offer: "tryAgain" },
  nameNotAllowed: { severity: "notice", offer: "none" },
  localFile: { severity: "error", offer: "tryAgain" },
  diskFull: { severity: "error", offer: "tryAgain" },
  cancelled: { severity: "notice", offer: "none" },
  patternUnreadable: { severity: "notice", offer: "none" },
  configUnreadable: { severity: "error", offer: "none" },
  configIncomplete: { severity: "error", offer: "none" },
  storageMissing: { severity: "error", offer: "copyDetails" },
  tooLarge: { severity: "error", offer: "none" },
  notAPicture: { severity: "notice", offer: "none" },
  locationStays: { severity: "warning", offer: "none" },
  grantUsed: { severity: "warning", offer: "none" },
  busyElsewhere: { severity: "warning", offer: "tryAgain" },
  unexpected: { severity: "error", offer: "copyDetails" },
};

/**
 * Commands reject with a Failure; a command that is not there or not allowed rejects with a plain string, and a bug with
 * an Error. Here they become one type.
 */
export function toFailure(thrown: unknown): Failure {
  if (isFailure(thrown)) return thrown;
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return {
    code: "unexpected",
    message: words.failure.unknownMessage,
    hint: words.failure.unknownHint,
    retry: { kind: "now" },
    detail,
  };
}

function isFailure(thrown: unknown): thrown is Failure {
  if (typeof thrown !== "object" || thrown === null) return false;
  const { code, message, hint, retry } = thrown as Partial<Record<keyof Failure, unknown>>;
  return (
    typeof code === "string" &&
    Object.hasOwn(failureTable, code) &&
    typeof message === "string" &&
    typeof hint === "string" &&
    typeof retry === "object" &&
    retry !== null
  );
}
