// Who is signed in and to which storage, with everything about it: sign in or out, the invitation, the look, another storage.
import { Copy, History, LogIn, LogOut, Mail, Monitor, Moon, Plug, Sun, UserPlus, UserRound } from "lucide-react";
import { ChevronsUpDown } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useActions } from "../actions";
import { ActivityDialog } from "../activity";
import { toFailure, useAppStateValue } from "../api";
import { type AppState, type Theme, useHost } from "../host";
import { Button, ConfirmDialog, Dialog, Menu, type MenuEntry, type MenuGroup, toast } from "../kit";
import { words } from "../words";
import styles from "./AccountMenu.module.css";
import { regionName } from "./regionName";
import { SandboxMail } from "./SandboxMail";
import { useSignIn } from "./SignInProvider";

const THEMES: readonly { id: Theme; icon: typeof Sun }[] = [
  { id: "system", icon: Monitor },
  { id: "light", icon: Sun },
  { id: "dark", icon: Moon },
];

export function AccountMenu() {
  const { state, accept } = useAppStateValue();
  const host = useHost();
  const signIn = useSignIn();
  const [shown, setShown] = useState<"none" | "activity" | "mail" | "another">("none");
  const settings = useActions(["settings"]);
  const { account, storage } = state;
  if (!storage) return null;

  const who = nameOf(account);
  const where = storage.practice ? storage.name : `${storage.name} · ${regionName(storage.region)}`;
  const take = (command: Promise<AppState>) => void command.then(accept, tellFailure);
  const isPerson = account.kind === "person";

  const accountEntries: MenuEntry[] = [
    ...(isPerson || !storage.signIn
      ? []
      : [
          { id: "signIn", label: words.session.signIn, icon: <LogIn />, run: () => signIn.open("signIn") },
          { id: "signUp", label: words.session.createAccount, icon: <UserPlus />, run: () => signIn.open("signUp") },
        ]),
    ...(!isPerson && storage.practice
      ? [
          {
            id: "practice",
            label: words.session.practiceSignIn,
            icon: <UserRound />,
            run: () => take(host.commands.practiceSignIn()),
          },
        ]
      : []),
    ...(isPerson
      ? [
          {
            id: "signOut",
            label: storage.practice ? words.session.seeAsGuest : words.session.signOut,
            icon: storage.practice ? <UserRound /> : <LogOut />,
            run: () => take(host.commands.signOut()),
          },
        ]
      : []),
  ];
  const groups: MenuGroup[] = [
    { id: "account", entries: accountEntries },
    {
      id: "storage",
      ariaLabel: storage.name,
      entries: [
        ...(storage.practice
          ? [{ id: "mail", label: words.session.sandboxMail, icon: <Mail />, run: () => setShown("mail") }]
          : [{ id: "invite", label: words.session.copyInvitation, icon: <Copy />, run: copyInvitation }]),
        { id: "activity", label: words.activity.title, icon: <History />, run: () => setShown("activity") },
        ...settings,
        { id: "another", label: words.session.anotherStorage, icon: <Plug />, run: () => setShown("another") },
      ],
    },
    {
      id: "theme",
      label: words.session.theme,
      selected: state.theme,
      entries: THEMES.map(({ id, icon: Icon }) => ({
        id,
        label: words.session.themes[id],
        icon: <Icon />,
        run: () => take(host.commands.setTheme(id)),
      })),
    },
  ];

  function copyInvitation() {
    void host.commands
      .copyInvitation()
      .then(
        () => toast({ text: words.session.invitationCopied, hint: words.session.invitationCopiedHint }),
        tellFailure,
      );
  }

  return (
    <>
      <Menu
        label={words.session.accountMenu(who, storage.name)}
        placement="top start"
        groups={groups.filter((group) => group.entries.length > 0)}
        trigger={
          <AriaButton aria-label={words.session.accountMenu(who, storage.name)} className={styles.row}>
            <span aria-hidden className={isPerson ? styles.face : `${styles.face} ${styles.nobody}`}>
              {isPerson ? who.slice(0, 1).toLowerCase() : <UserRound size={16} />}
            </span>
            <span className={styles.words}>
              <span className={styles.who}>{who}</span>
              <span className={styles.where}>{where}</span>
            </span>
            <ChevronsUpDown aria-hidden size={14} className={styles.chevron} />
          </AriaButton>
        }
      />
      <Dialog
        isOpen={shown === "mail"}
        onClose={() => setShown("none")}
        title={words.session.sandboxMail}
        footer={<Button onPress={() => setShown("none")}>{words.frame.done}</Button>}
      >
        <SandboxMail />
      </Dialog>
      <ActivityDialog isOpen={shown === "activity"} onClose={() => setShown("none")} />
      <ConfirmDialog
        isOpen={shown === "another"}
        title={words.session.anotherStorageTitle}
        text={words.session.anotherStorageText(storage.name)}
        confirm={words.session.anotherStorageConfirm}
        cancel={words.kit.cancel}
        onConfirm={() => {
          setShown("none");
          take(host.commands.disconnect());
        }}
        onClose={() => setShown("none")}
      />
    </>
  );
}

function nameOf(account: AppState["account"]): string {
  if (account.kind === "person") return account.email ?? account.username;
  return account.kind === "guest" ? words.session.guest : words.session.nobody;
}

function tellFailure(thrown: unknown): void {
  const failure = toFailure(thrown);
  toast({ text: failure.message, hint: failure.hint, tone: "bad" });
}
