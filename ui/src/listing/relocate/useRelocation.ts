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
export type RelocationOrder = { kind: RelocationKind; selection: Selection; from: PlaceRef; to: PlaceRef };

/** "Move 3 items to Public?" */
export type RelocationQuestion = RelocationOrder & { audience: Audience; count: number };

export type Relocation = {
  busy: boolean;
  failure: Failure | null;
  question: RelocationQuestion | null;
  /** What was sent and is not answered in full: its rows must keep their names. */
  pending: RelocationOrder | null;
  send: (order: RelocationOrder) => void;
  /** Goes on although more people can see it. */
  agree: () => void;
  /** Not after all. */
  takeBack: () => void;
};

/** `onDone` hears of each order once it stands in the line. */
export function useRelocation(onDone: (order: RelocationOrder) => void): Relocation {
  const { commands } = useHost();
  const { busy, failure, run, clear } = useCommand();
  const [question, setQuestion] = useState<RelocationQuestion | null>(null);
  const [pending, setPending] = useState<RelocationOrder | null>(null);

  const end = () => {
    setQuestion(null);
    setPending(null);
  };
  const ask = async (order: RelocationOrder, consent: Consent) => {
    const { kind, selection, to } = order;
    setPending(order);
    const begin = kind === "move" ? commands.moveSelection : commands.copySelection;
    const answer = await run(() => begin(selection, to, consent));
    if (!answer) return end();
    const { count } = answer;
    if (answer.kind === "needsConsent") return setQuestion({ ...order, audience: answer.audience, count });
    end();
    toast({ text: words.relocate[kind].begun(count, placePath(to)) });
    onDone(order);
  };

  return {
    busy,
    failure,
    question,
    pending,
    send: (order) => void ask(order, "ask"),
    agree: () => question && void ask(question, "once"),
    takeBack: () => {
      clear();
      end();
    },
  };
}
