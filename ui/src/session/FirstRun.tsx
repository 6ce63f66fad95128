// The first screens: three choices, then the invitation, the file or the form, then "is this the right storage?".
import { useEffect, useState } from "react";
import { type CommandRun, useAppStateValue, useCommand } from "../api";
import { type AppState, type ConnectionPreview, useHost } from "../host";
import { ConnectForm } from "./ConnectForm";
import { InvitationForm } from "./InvitationForm";
import { PreviewCard } from "./PreviewCard";
import { Welcome } from "./Welcome";

type Screen = "welcome" | "invitation" | "connect";

export type FirstRunFlow = {
  command: CommandRun;
  /** Reads something into a preview; a null answer means the person chose nothing. */
  read: (reading: () => Promise<ConnectionPreview | null>) => void;
  show: (screen: Screen) => void;
  startPractice: () => void;
};

export function FirstRun() {
  const host = useHost();
  const { accept } = useAppStateValue();
  const command = useCommand();
  const [screen, setScreen] = useState<Screen>("welcome");
  const [preview, setPreview] = useState<ConnectionPreview | null>(null);
  const { run, clear } = command;

  const enter = async (entering: () => Promise<AppState>) => {
    const state = await run(entering);
    if (state) accept(state);
  };
  const read = async (reading: () => Promise<ConnectionPreview | null>) => {
    const found = await run(reading);
    if (found) setPreview(found);
  };
  const flow: FirstRunFlow = {
    command,
    read: (reading) => void read(reading),
    show: (next) => {
      clear();
      setScreen(next);
    },
    startPractice: () => void enter(() => host.commands.startPractice()),
  };

  useEffect(
    () =>
      host.listen("desktopDrag", async (drag) => {
        if (drag.kind !== "drop") return;
        const found = await run(() => host.commands.readDroppedConfig(drag.grant.id));
        if (found) setPreview(found);
      }),
    [host, run],
  );
  usePastedInvitation((text) => void read(() => host.commands.readInvitation(text)));

  if (preview) {
    return (
      <PreviewCard
        preview={preview}
        command={command}
        onConnect={() => void enter(() => host.commands.connect(preview.id))}
        onBack={() => {
          clear();
          setPreview(null);
        }}
      />
    );
  }
  switch (screen) {
    case "welcome":
      return <Welcome flow={flow} />;
    case "invitation":
      return <InvitationForm flow={flow} />;
    case "connect":
      return <ConnectForm flow={flow} />;
  }
}

/** A link pasted anywhere but into a field is an invitation. */
function usePastedInvitation(onLink: (text: string) => void): void {
  useEffect(() => {
    const pasted = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain").trim() ?? "";
      const inField = event.target instanceof Element && event.target.matches("input, textarea");
      if (!inField && text.startsWith("amphora://")) onLink(text);
    };
    window.addEventListener("paste", pasted);
    return () => window.removeEventListener("paste", pasted);
  }, [onLink]);
}
