// Asks Rust to move or copy what is selected. Where more people could see it, a question comes back first.
import { useState } from "react";
import { useCommand } from "../../api";
import { type Audience, type Consent, type Failure, type PlaceRef, type Selection, useHost } from "../../host";
import { toast } from "../../kit";
import { placePath } from "../../place";
import { words } from "../../words";

/** The originals go, or stay. */
export type RelocationKind = "move" | "copy";

/** "Move 3 items to Public?" */
export type RelocationQuestion = { to: PlaceRef; audience: Audience; count: number };

export type Relocation = {
  busy: boolean;
  failure: Failure | null;
  question: RelocationQuestion | null;
  send: (to: PlaceRef, consent: Consent) => void;
  /** Not after all. */
  takeBack: () => void;
};

export function useRelocation(kind: RelocationKind, selection: Selection, onDone: () => void): Relocation {
  const { commands } = useHost();
  const { busy, failure, run, clear } = useCommand();
  const [question, setQuestion] = useState<RelocationQuestion | null>(null);

  const send = async (to: PlaceRef, consent: Consent) => {
    const ask = kind === "move" ? commands.moveSelection : commands.copySelection;
    const answer = await run(() => ask(selection, to, consent));
    if (!answer) return setQuestion(null);
    if (answer.kind === "needsConsent") return setQuestion({ to, audience: answer.audience, count: answer.count });
    toast({ text: words.relocate[kind].begun(answer.count, placePath(to)) });
    onDone();
  };

  return {
    busy,
    failure,
    question,
    send: (to, consent) => void send(to, consent),
    takeBack: () => {
      clear();
      setQuestion(null);
    },
  };
}
