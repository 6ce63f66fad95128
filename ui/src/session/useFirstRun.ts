// The state of the first screens: which one, what was read, what is running. Reads dropped files and pasted links on all of them.
import { useLayoutEffect, useState } from "react";
import { type CommandRun, useAppStateValue, useCommand } from "../api";
import { type AppState, type ConnectionPreview, useHost } from "../host";

type Screen = "welcome" | "invitation" | "connect";

export type FirstRunFlow = {
  command: CommandRun;
  /** Reads something into a preview; a null answer means the person chose nothing. */
  read: (reading: () => Promise<ConnectionPreview | null>) => void;
  show: (screen: Screen) => void;
  startPractice: () => void;
};

export type FirstRunState = {
  flow: FirstRunFlow;
  screen: Screen;
  preview: ConnectionPreview | null;
  onConnect: (preview: ConnectionPreview, folders: boolean) => void;
  onLeavePreview: () => void;
};

export function useFirstRun(onDrag: (isDragged: boolean) => void): FirstRunState {
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

  // Attached together with what is painted: a drop may follow at once.
  useLayoutEffect(
    () =>
      host.listen("desktopDrag", async (drag) => {
        onDrag(drag.kind === "over");
        if (drag.kind !== "drop") return;
        const found = await run(() => host.commands.readDroppedConfig(drag.grant.id));
        if (found) setPreview(found);
      }),
    [host, run, onDrag],
  );
  usePastedInvitation((text) => void read(() => host.commands.readInvitation(text)));

  return {
    flow,
    screen,
    preview,
    onConnect: ({ id }, folders) => void enter(() => host.commands.connect(id, folders)),
    onLeavePreview: () => {
      clear();
      setPreview(null);
    },
  };
}

/** A link pasted anywhere but into a field is an invitation. */
function usePastedInvitation(onLink: (text: string) => void): void {
  useLayoutEffect(() => {
    const pasted = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain").trim() ?? "";
      const inField = event.target instanceof Element && event.target.matches("input, textarea");
      if (!inField && text.startsWith("amphora://")) onLink(text);
    };
    window.addEventListener("paste", pasted);
    return () => window.removeEventListener("paste", pasted);
  }, [onLink]);
}
