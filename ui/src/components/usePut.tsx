// Puts picked files and bytes where a component wants them: asks first where others would see them or something else has the
// name, and waits until a queued file has arrived.
import { type ReactNode, useCallback, useState } from "react";
import { toFailure } from "../api";
import { type Audience, type Consent, type Failure, type Host, type PutAnswer, type PutTo, useHost } from "../host";
import { ConfirmDialog } from "../kit";
import { ConsentDialog } from "../upload/ConsentDialog";
import { words } from "../words";
import type { AnyFile } from "./reading";

/** Where something goes. */
export type Target = Pick<PutTo, "space" | "key" | "contentType">;

export type Put = {
  /** Its key once it is there: another one when the person kept both. Throws a Failure. */
  putFile: (file: AnyFile, target: Target) => Promise<string>;
  /** Replaces what has the key only where `own`; else the person is asked. Throws a Failure. */
  putBody: (body: Blob, target: Target, own: boolean) => Promise<string>;
  /** The questions, to be drawn by the component. */
  dialog: ReactNode;
};

type Question =
  | { kind: "consent"; target: Target; audience: Audience; answer: (consent: Consent | null) => void }
  | { kind: "replace"; target: Target; answer: (replace: boolean) => void };

export function usePut(): Put {
  const host = useHost();
  const [question, setQuestion] = useState<Question | null>(null);

  const put = useCallback(
    async (target: Target, send: (to: PutTo) => Promise<PutAnswer>, own: boolean): Promise<string> => {
      let to: PutTo = { ...target, consent: "ask", replace: own };
      let answer = await send(to);
      if (answer.kind === "needsConsent") {
        const { audience } = answer;
        const consent = await new Promise<Consent | null>((resolve) =>
          setQuestion({ kind: "consent", target, audience, answer: resolve }),
        );
        setQuestion(null);
        if (consent === null) throw cancelled(target.key);
        to = { ...to, consent };
        answer = await send(to);
      }
      if (answer.kind === "needsConsent") throw cancelled(target.key);
      return answer.kind === "stored" ? answer.key : arrived(host, answer.transfer);
    },
    [host],
  );

  const putFile = useCallback(
    (file: AnyFile, target: Target) => put(target, (to) => host.putFile(file, to), false),
    [put, host],
  );
  const putBody = useCallback(
    async (body: Blob, target: Target, own: boolean) => {
      const send = (to: PutTo) => host.putBody(body, to);
      try {
        return await put(target, send, own);
      } catch (thrown) {
        if (toFailure(thrown).code !== "alreadyExists") throw thrown;
        const replace = await new Promise<boolean>((resolve) =>
          setQuestion({ kind: "replace", target, answer: resolve }),
        );
        setQuestion(null);
        if (!replace) throw cancelled(target.key);
        return put(target, send, true);
      }
    },
    [put, host],
  );

  return { putFile, putBody, dialog: question && <QuestionDialog question={question} /> };
}

function QuestionDialog({ question }: { question: Question }) {
  const { target } = question;
  if (question.kind === "replace") {
    return (
      <ConfirmDialog
        isOpen
        title={words.components.replaceTitle(target.key)}
        text={words.components.replaceText}
        confirm={words.components.replace}
        cancel={words.upload.cancel}
        danger
        onConfirm={() => question.answer(true)}
        onClose={() => question.answer(false)}
      />
    );
  }
  const folder = target.key.slice(0, target.key.lastIndexOf("/") + 1);
  return (
    <ConsentDialog
      offerPrivate={false}
      question={{ place: { space: target.space, folder }, audience: question.audience, count: 1, photos: null }}
      onAnswer={(given) => question.answer(given.kind === "go" ? (given.dontAskAgain ? "always" : "once") : null)}
    />
  );
}

/** Waits until a transfer is over; news of the queue say when to look. */
function arrived(host: Host, transfer: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let over = false;
    const end = (settle: () => void) => {
      if (over) return;
      over = true;
      stop();
      settle();
    };
    const look = () => {
      host.commands.putEnd(transfer).then(
        (now) => {
          if (now.kind === "stored") end(() => resolve(now.key));
          if (now.kind === "failed") end(() => reject(now.failure));
        },
        (thrown: unknown) => end(() => reject(toFailure(thrown))),
      );
    };
    const stop = host.listen("transfersChanged", look);
    look();
  });
}

function cancelled(key: string): Failure {
  return {
    code: "cancelled",
    message: words.components.uploadCancelled(key),
    hint: words.components.uploadCancelledHint,
    retry: { kind: "now" },
    detail: "",
  };
}
