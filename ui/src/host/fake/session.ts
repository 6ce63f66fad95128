// Connecting and signing in, in memory. The code is always 246810; a name tells what happens, e.g. "totp" asks for a code.
import type { AppState, Commands, ConnectionPreview, Mail, SignInStep } from "..";
import { failure } from "./failures";
import { PRACTICE, TEAM, type World } from "./world";

const CODE = "246810";

type SessionCommands = Pick<
  Commands,
  | "appState"
  | "setTheme"
  | "pinFolder"
  | "readInvitation"
  | "chooseConfigFile"
  | "readDroppedConfig"
  | "readForm"
  | "connect"
  | "startPractice"
  | "reconnect"
  | "disconnect"
  | "copySetup"
  | "copyInvitation"
  | "copyText"
  | "signIn"
  | "answerChallenge"
  | "signUp"
  | "confirmSignUp"
  | "resendCode"
  | "forgotPassword"
  | "resetPassword"
  | "signOut"
  | "activity"
  | "exportActivity"
  | "practiceMail"
  | "practiceSignIn"
>;

const wrongCode = failure("wrongCode", "That code is not right.", "Look at the newest message and try again.");

export function sessionCommands(world: World): SessionCommands {
  const mail: Mail[] = [];
  let pending = "";

  const send = (to: string, subject: string) => {
    const letter = { id: mail.length + 1, to, subject, code: CODE, at: world.options.now() };
    mail.unshift(letter);
    world.emit("mailArrived", letter);
    return { medium: "email", destination: `${to.slice(0, 1)}•••@${to.split("@")[1] ?? "example.com"}` };
  };
  const become = (username: string): AppState =>
    world.setState({
      account: { kind: "person", username, email: world.people.get(username)?.email ?? null },
      sessionEnded: false,
    });
  const done = (username: string): SignInStep => ({ kind: "done", state: become(username) });
  const found = (name: string, text: string): ConnectionPreview => ({
    id: text,
    name,
    host: TEAM.host,
    region: TEAM.region,
    bucket: TEAM.bucket,
    signIn: !text.includes("guest-only"),
    guests: !text.includes("members-only"),
    alreadyConnected: world.state.storage?.id === TEAM.id,
    folders: text.includes("with-folders") ? [{ name: "Archive", folder: "/mnt/archive" }] : [],
  });

  return {
    appState: async () => world.state,
    setTheme: async (theme) => world.setState({ theme }),
    pinFolder: async (place, pinned) => {
      const others = world.state.pinned.filter((other) => JSON.stringify(other) !== JSON.stringify(place));
      return world.setState({ pinned: pinned ? [...others, place] : others });
    },

    readInvitation: async (text) => {
      if (text.trim().startsWith("amphora://connect#")) return found("Field team", text);
      throw failure(
        "configUnreadable",
        "This is not an Amphora invitation.",
        "An invitation starts with amphora://connect#. Ask whoever runs your team's app for it.",
      );
    },
    chooseConfigFile: async () => found("Field team", "file"),
    readDroppedConfig: async (grant) => found("Field team", grant),
    readForm: async (form) => {
      if (!form.bucket) {
        throw failure("configIncomplete", "The form names no storage bucket.", "Fill in the bucket's name.");
      }
      return { ...found(form.name || form.bucket, "form"), bucket: form.bucket, region: form.region };
    },
    connect: async (preview) =>
      world.setState({
        storage: { ...TEAM, signIn: !preview.includes("guest-only"), guests: !preview.includes("members-only") },
        account: preview.includes("members-only") ? { kind: "nobody" } : { kind: "guest" },
      }),
    startPractice: async () =>
      world.setState({
        storage: PRACTICE,
        account: { kind: "person", username: "you", email: "you@example.com" },
      }),
    reconnect: async () => world.setState({}),
    disconnect: async () => world.setState({ storage: null, account: { kind: "nobody" }, sessionEnded: false }),
    copySetup: async () => null,
    copyInvitation: async () => null,
    copyText: async () => null,

    signIn: async (username, password) => {
      pending = username;
      if (username === "totp") return { kind: "code", channel: "totp" };
      if (username === "new") return { kind: "newPassword" };
      if (username === "setup") {
        return {
          kind: "setUpTotp",
          secret: "JBSWY3DPEHPK3PXP",
          uri: "otpauth://totp/Amphora:setup?secret=JBSWY3DPEHPK3PXP",
        };
      }
      const person = world.people.get(username);
      if (!person || person.password !== password) {
        throw failure("wrongPassword", "Name or password is not right.", "Check both, or choose “Forgot password?”.");
      }
      return person.confirmed ? done(username) : { kind: "confirmFirst" };
    },
    answerChallenge: async (answer) => {
      if (answer.kind === "code" && answer.code !== CODE) throw wrongCode;
      return done(pending);
    },
    signUp: async (username, email, password) => {
      if (world.people.has(username)) {
        throw failure(
          "accountExists",
          `There is already an account named “${username}”.`,
          "Sign in, or choose another name.",
        );
      }
      if (password.length < 8) {
        throw failure("passwordTooWeak", "That password is too short.", "Use at least 8 characters.");
      }
      world.people.set(username, { email, password, confirmed: false });
      return { confirmed: false, delivery: send(email, "Your confirmation code") };
    },
    confirmSignUp: async (username, code) => {
      const person = world.people.get(username);
      if (!person || code !== CODE) throw wrongCode;
      person.confirmed = true;
      return null;
    },
    resendCode: async (username) => send(world.people.get(username)?.email ?? username, "Your confirmation code"),
    forgotPassword: async (username) => send(world.people.get(username)?.email ?? username, "Your password reset code"),
    resetPassword: async (username, code, password) => {
      if (code !== CODE) throw wrongCode;
      const person = world.people.get(username);
      if (person) person.password = password;
      return null;
    },
    signOut: async () =>
      world.setState({
        account: world.state.storage?.guests ? { kind: "guest" } : { kind: "nobody" },
        sessionEnded: false,
      }),
    activity: async () => [],
    exportActivity: async () => true,
    practiceMail: async () => [...mail],
    practiceSignIn: async () => become("you"),
  };
}
