// What a failure looks like and offers, by its code.
import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Failure, FailureCode } from "../host";
import { accessibilityViolations } from "../test/axe";
import { renderWithHost } from "../test/render";
import { FailureFace } from "./FailureFace";
import { FailureNote } from "./FailureNote";

const failed = (code: FailureCode): Failure => ({
  code,
  message: "Couldn't open Site visits.",
  hint: "Ask the people who run this storage.",
  retry: { kind: "never" },
  detail: "status: 403",
});

describe("a folder that could not be shown", () => {
  it("offers details for those who can help, when it is refused", async () => {
    const { user, host } = renderWithHost(<FailureFace failure={failed("accessDenied")} />);
    const copy = vi.spyOn(host.commands, "copyText");
    await user.click(await screen.findByRole("button", { name: "Copy details for them" }));
    expect(copy).toHaveBeenCalledExactlyOnceWith(
      "Couldn't open Site visits.\nAsk the people who run this storage.\nstatus: 403",
    );
    expect(await screen.findByText("Details copied")).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it("offers another try, when that can help", async () => {
    const retry = vi.fn();
    const { user } = renderWithHost(<FailureFace failure={failed("offline")} onRetry={retry} />);
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    expect(retry).toHaveBeenCalledOnce();
  });

  it("offers a guest both an account and to sign in, and is no alarm", async () => {
    const { user } = renderWithHost(<FailureFace failure={failed("needsAccount")} />, { scenario: "guest" });
    expect(await screen.findByRole("button", { name: "Create account" })).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(await screen.findByRole("dialog", { name: "Sign in to Practice storage" })).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });
});

describe("a failure in a form", () => {
  it("is announced, with its sentence and its hint", async () => {
    renderWithHost(<FailureNote failure={failed("nameNotAllowed")} />);
    const note = await screen.findByRole("alert");
    expect(note.textContent).toBe("Couldn't open Site visits.Ask the people who run this storage.");
  });

  it("does not offer a try that nobody can make", async () => {
    renderWithHost(<FailureNote failure={failed("offline")} />);
    await screen.findByRole("alert");
    expect(screen.queryByRole("button")).toBeNull();
  });
});
