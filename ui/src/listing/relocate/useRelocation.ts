// Asks Rust to move or copy what is selected. Where more people could see it, a question comes back first.
import { useState } from "react";
import { useCommand } from "../../api";
import { type Audience, type Consent, type Failure, type PlaceRef, type Selection, useHost } from "../../host";
import { toast } from "../../kit";
import { placePath } from "../../place";
import { words } from "../../words";

/** The originals go, or stay. */
export type RelocationKind = "move" | "copy";

/** What goes where. */
export type RelocationOrder = { kind: RelocationKind; selection: Selection; to: PlaceRef };

/** "Move 3 items to Public?" */
export type RelocationQuestion = RelocationOrder & { audience: Audience; count: number };

export type Relocation = {
  busy: boolean;
  failure: Failure | null;
  question: RelocationQuestion | null;
  send: (order: RelocationOrder) => void;
  /** Goes on although more people can see it. */
  agree: () => void;
  /** Not after all. */
  takeBack: () => void;
};

export function useRelocation(onDone: () => void): Relocation {
  const { commands } = useHost();
  const { busy, failure, run, clear } = useCommand();
  const [question, setQuestion] = useState<RelocationQuestion | null>(null);

  const ask = async ({ kind, selection, to }: RelocationOrder, consent: Consent) => {
    const begin = kind === "move" ? commands.moveSelection : commands.copySelection;
    const answer = await run(() => begin(selection, to, consent));
    if (!answer) return setQuestion(null);
    const { count } = answer;
    if (answer.kind === "needsConsent") return setQuestion({ kind, selection, to, audience: answer.audience, count });
    setQuestion(null);
    toast({ text: words.relocate[kind].begun(count, placePath(to)) });
    onDone();
  };

  return {
    busy,
    failure,
    question,
    send: (order) => void ask(order, "ask"),
    agree: () => question && void ask(question, "once"),
    takeBack: () => {
      clear();
      setQuestion(null);
    },
  };
}
