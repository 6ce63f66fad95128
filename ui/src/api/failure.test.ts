import { describe, expect, it } from "vitest";
import type { Failure } from "../host";
import { words } from "../words";
import { failureTable, toFailure } from "./failure";

const refused: Failure = {
  code: "accessDenied",
  message: "Couldn't delete `notes.txt`: you can read this folder but not change it.",
  hint: "Ask the people who run this storage.",
  retry: { kind: "never" },
  detail: "status: 403",
};

describe("toFailure", () => {
  it("hands a Failure on as it is", () => {
    expect(toFailure(refused)).toBe(refused);
  });

  it.each([
    [
      "a plain string, as from a command that is not allowed",
      "Command upload not allowed by ACL",
      "Command upload not allowed by ACL",
    ],
    ["an Error", new TypeError("x is undefined"), "TypeError: x is undefined"],
    ["nothing", undefined, "undefined"],
    ["an object of another shape", { code: "accessDenied" }, "[object Object]"],
    ["a code that does not exist", { ...refused, code: "toString" }, "[object Object]"],
  ])("gives words to %s", (_name, thrown, detail) => {
    expect(toFailure(thrown)).toEqual({
      code: "unexpected",
      message: words.failure.unknownMessage,
      hint: words.failure.unknownHint,
      retry: { kind: "now" },
      detail,
    });
  });
});

describe("the failure table", () => {
  it("offers to sign in exactly where signing in helps", () => {
    const offered = Object.entries(failureTable).filter(([, { offer }]) => offer === "signIn");
    expect(offered.map(([code]) => code)).toEqual(["needsAccount", "signedOut", "accountExists"]);
  });

  it("offers another try wherever the reason may pass by itself", () => {
    for (const code of ["offline", "throttled", "busyElsewhere"] as const) {
      expect(failureTable[code], `${code} passes`).toEqual({ severity: "warning", offer: "tryAgain" });
    }
  });

  it("never offers another try where it cannot help", () => {
    for (const code of ["accessDenied", "nameNotAllowed", "configUnreadable", "tooLarge"] as const) {
      expect(failureTable[code].offer, `${code} stays`).not.toBe("tryAgain");
    }
  });
});
