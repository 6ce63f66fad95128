// First run, connecting and accounts, walked through against the host in memory.
import { act, screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { accessibilityViolations } from "../test/axe";
import { renderApp } from "../test/render";

const button = (name: string) => screen.findByRole("button", { name });
const field = (name: string) => screen.findByRole("textbox", { name });
const password = (name = "Password") => screen.findByLabelText(name);

describe("the first run", () => {
  it("offers three ways to begin", async () => {
    renderApp("first-run");
    const choices = await screen.findByRole("group", { name: "Ways to begin" });
    expect(within(choices).getAllByRole("button")).toHaveLength(3);
    for (const name of ["I have an invitation", "Connect a team’s storage", "Try it on this computer"]) {
      expect(within(choices).getByRole("button", { name }), "the name is the title alone").toBeTruthy();
    }
    expect(await accessibilityViolations()).toEqual([]);
  });

  it("shows host, region and name before an invitation connects", async () => {
    const { user, host } = renderApp("first-run");
    const connect = vi.spyOn(host.commands, "connect");
    await user.click(await button("I have an invitation"));
    await user.type(await field("Invitation link"), "amphora://connect#abc");
    await user.click(await button("Continue"));
    expect(await screen.findByText("field-team.s3.us-west-2.amazonaws.com")).toBeTruthy();
    expect(screen.getByText("us-west-2")).toBeTruthy();
    expect(screen.getByText("Field team")).toBeTruthy();
    expect(connect, "nothing is sent before the person agrees").not.toHaveBeenCalled();
    expect(await accessibilityViolations()).toEqual([]);
    await user.click(await button("Connect"));
    expect(await screen.findByRole("button", { name: "Account: Guest, Field team" })).toBeTruthy();
  });

  it("opens folders of this computer only where the person agrees", async () => {
    const { user, host } = renderApp("first-run");
    const connect = vi.spyOn(host.commands, "connect");
    await button("I have an invitation");
    const grant = { id: "with-folders", items: [], count: 1, bytes: 10 };
    act(() => host.world.emit("desktopDrag", { kind: "drop", x: 1, y: 1, grant }));
    expect(await screen.findByText("Archive: /mnt/archive")).toBeTruthy();
    const agree = screen.getByRole("checkbox", { name: /^Open these folders too/ });
    expect((agree as HTMLInputElement).checked, "nobody is made to agree").toBe(false);
    expect(await accessibilityViolations()).toEqual([]);
    await user.click(agree);
    await user.click(await button("Connect"));
    expect(connect.mock.calls).toEqual([["with-folders", true]]);
  });

  it("says what is wrong with an invitation that is none", async () => {
    const { user } = renderApp("first-run");
    await user.click(await button("I have an invitation"));
    await user.type(await field("Invitation link"), "https://example.com");
    await user.click(await button("Continue"));
    expect((await screen.findByRole("alert")).textContent).toContain("This is not an Amphora invitation.");
  });

  it("takes a dropped file on any of its screens", async () => {
    const { host } = renderApp("first-run");
    await button("I have an invitation");
    act(() => host.world.emit("desktopDrag", { kind: "over", x: 1, y: 1, count: 1 }));
    expect(screen.getByText("Drop it to see what it connects to")).toBeTruthy();
    const grant = { id: "g", items: [], count: 1, bytes: 10 };
    act(() => host.world.emit("desktopDrag", { kind: "drop", x: 1, y: 1, grant }));
    expect(await screen.findByRole("heading", { name: "Connect to this storage?" })).toBeTruthy();
  });

  it("takes a link that is pasted anywhere", async () => {
    const { user } = renderApp("first-run");
    await button("I have an invitation");
    await user.paste("amphora://connect#abc");
    expect(await screen.findByRole("heading", { name: "Connect to this storage?" })).toBeTruthy();
  });

  it("connects by the form, with the policies and the CORS rule at hand", async () => {
    const { user, host } = renderApp("first-run");
    const copy = vi.spyOn(host.commands, "copySetup");
    await user.click(await button("Connect a team’s storage"));
    expect(await accessibilityViolations()).toEqual([]);
    await user.type(await field("Bucket"), "harbour");
    await user.click(await button("Copy the two policies"));
    await user.click(await button("Copy the CORS rule"));
    expect(copy.mock.calls).toEqual([
      ["policies", "harbour"],
      ["cors", "harbour"],
    ]);
    await user.type(await field("Region"), "eu-west-1");
    await user.type(await field("Identity pool"), "eu-west-1:1");
    await user.click(await button("Continue"));
    expect(await screen.findByRole("heading", { name: "Connect to this storage?" })).toBeTruthy();
  });

  it("starts practice storage signed in, and says so for good", async () => {
    const { user } = renderApp("first-run");
    await user.click(await button("Try it on this computer"));
    expect(await screen.findByText("Practice storage · this computer")).toBeTruthy();
    expect(await button("Account: you@example.com, Practice storage")).toBeTruthy();
  });
});

describe("accounts", () => {
  it("lead a guest from sign-up over the mailed code into the account", async () => {
    const { user } = renderApp("guest");
    await user.click(await button("Account: Guest, Practice storage"));
    await user.click(await screen.findByRole("menuitem", { name: "Create account" }));
    await user.type(await field("Name"), "maria");
    await user.type(await field("E-mail"), "maria@example.com");
    await user.type(await password(), "Harbour-2026");
    expect(await accessibilityViolations()).toEqual([]);
    await user.click(await button("Create account"));
    const mail = await screen.findByRole("region", { name: "Sandbox mail" });
    await user.click(await within(mail).findByRole("button", { name: "Use code" }));
    expect((await field("Code")) as HTMLInputElement).toHaveProperty("value", "246810");
    expect(await accessibilityViolations()).toEqual([]);
    await user.click(await button("Confirm"));
    expect(await button("Account: maria@example.com, Practice storage")).toBeTruthy();
    expect(screen.queryByRole("dialog"), "the dialog closes by itself").toBeNull();
  });

  it("say plainly that a password is wrong, and help to a new one", async () => {
    const { user } = renderApp("nobody,team");
    await user.type(await field("Name or e-mail"), "you");
    await user.type(await password(), "nonsense");
    await user.click(await button("Sign in"));
    expect((await screen.findByRole("alert")).textContent).toContain("Name or password is not right.");
    expect(await accessibilityViolations()).toEqual([]);
    await user.click(await button("Forgot password?"));
    await user.click(await button("Send code"));
    await user.type(await field("Code"), " 246 810 ");
    await user.type(await password("New password"), "Harbour-2026");
    await user.click(await button("Set new password"));
    expect(await screen.findByText("Your password is changed. Sign in with it.")).toBeTruthy();
    await user.type(await password(), "Harbour-2026");
    await user.click(await button("Sign in"));
    expect(await button("Account: you@example.com, Field team")).toBeTruthy();
  });

  it.each([
    ["totp", "Enter your code"],
    ["setup", "Set up your authenticator app"],
  ])("ask %s for a second factor", async (name, title) => {
    const { user } = renderApp("nobody,team");
    await user.type(await field("Name or e-mail"), name);
    await user.type(await password(), "x");
    await user.click(await button("Sign in"));
    expect(await screen.findByRole("heading", { name: title })).toBeTruthy();
    await user.type(await field("Code"), "246810");
    await user.click(await button("Confirm"));
    expect(await button(`Account: ${name}, Field team`)).toBeTruthy();
  });

  it("ask for a new password in place of a temporary one", async () => {
    const { user } = renderApp("nobody,team");
    await user.type(await field("Name or e-mail"), "new");
    await user.type(await password(), "x");
    await user.click(await button("Sign in"));
    await user.type(await password("New password"), "Harbour-2026");
    await user.click(await button("Set new password"));
    expect(await button("Account: new, Field team")).toBeTruthy();
  });

  it("can be left to see practice storage as a guest, and come back", async () => {
    const { user } = renderApp();
    await user.click(await button("See it as a guest"));
    await user.click(await button("Account: Guest, Practice storage"));
    await user.click(await screen.findByRole("menuitem", { name: "Sign in as the practice account" }));
    expect(await button("Account: you@example.com, Practice storage")).toBeTruthy();
  });

  it("can be begun by one click in practice storage", async () => {
    const { user } = renderApp();
    await user.click(await button("Create account"));
    expect(await screen.findByRole("dialog", { name: "Create an account" })).toBeTruthy();
  });

  it("are not spoken of where the storage has none", async () => {
    const { user, host } = renderApp("first-run");
    await user.click(await button("I have an invitation"));
    await user.type(await field("Invitation link"), "amphora://connect#guest-only");
    await user.click(await button("Continue"));
    await user.click(await button("Connect"));
    await user.click(await button("Account: Guest, Field team"));
    expect(host.world.state.storage?.signIn).toBe(false);
    expect(screen.queryByRole("menuitem", { name: "Sign in" })).toBeNull();
  });
});

describe("the account menu", () => {
  it("copies the invitation link of a team's storage", async () => {
    const { user, host } = renderApp("team");
    const copy = vi.spyOn(host.commands, "copyInvitation");
    await user.click(await button("Account: you@example.com, Field team"));
    expect(await accessibilityViolations()).toEqual([]);
    await user.click(await screen.findByRole("menuitem", { name: "Copy invitation link" }));
    expect(copy).toHaveBeenCalledOnce();
    expect(await screen.findByText("Invitation link copied")).toBeTruthy();
  });

  it("changes the look at once", async () => {
    const { user } = renderApp();
    await user.click(await button("Account: you@example.com, Practice storage"));
    await user.click(await screen.findByRole("menuitemradio", { name: "Dark" }));
    await vi.waitFor(() => expect(document.documentElement.dataset.theme).toBe("dark"));
  });

  it("asks before it forgets a storage", async () => {
    const { user } = renderApp("team");
    await user.click(await button("Account: you@example.com, Field team"));
    await user.click(await screen.findByRole("menuitem", { name: "Use another storage…" }));
    expect(await screen.findByRole("alertdialog", { name: "Use another storage?" })).toBeTruthy();
    await user.click(await button("Use another storage"));
    expect(await button("I have an invitation")).toBeTruthy();
  });
});

describe("a start that fails", () => {
  it("says why and can be tried again", async () => {
    const host = createFakeHost();
    vi.spyOn(host.commands, "appState").mockRejectedValueOnce("no such command");
    const { user } = renderApp(host);
    expect((await screen.findByRole("alert")).textContent).toContain("Something went wrong");
    await user.click(await button("Try again"));
    expect(await screen.findByRole("heading", { level: 1, name: "Private" })).toBeTruthy();
  });
});

describe("what stays true about the session", () => {
  it("is told: it ended", async () => {
    const { user } = renderApp("session-ended");
    expect(await screen.findByText("Sign in again to go on. Waiting uploads lose nothing.")).toBeTruthy();
    await user.click(await button("Sign in"));
    expect(await screen.findByRole("dialog", { name: "Sign in to Practice storage" })).toBeTruthy();
  });

  it("is told: it lasts for this run only", async () => {
    const { user } = renderApp("no-keychain");
    expect(await screen.findByText(/this computer has no safe place for your sign-in/)).toBeTruthy();
    await user.click(await button("OK"));
    expect(screen.queryByText(/no safe place/)).toBeNull();
  });

  it("is told: the storage cannot be reached, with another try", async () => {
    const { user, host } = renderApp("offline");
    const again = vi.spyOn(host.commands, "reconnect");
    const banner = (await screen.findByText(/Check the network/)).closest('[role="status"]') as HTMLElement;
    await user.click(within(banner).getByRole("button", { name: "Try again" }));
    expect(again).toHaveBeenCalledOnce();
  });
});
