// Puts picked files and bytes where a component wants them: asks first where others would see them, what becomes of photos, or
// where something else has the name; and waits until a queued file has arrived.
import { type ReactNode, useCallback, useState } from "react";
import { toFailure } from "../api";
import { type Failure, type Host, type PutAnswer, type PutTo, useHost } from "../host";
import { ConfirmDialog } from "../kit";
import { ConsentDialog } from "../upload/ConsentDialog";
import { words } from "../words";
import type { AnyFile } from "./reading";

/** Where something goes. */
export type Target = Pick<PutTo, "space" | "key" | "contentType"> & Partial<Pick<PutTo, "ownKey">>;

/** Its key once it is there: another one when the person kept both, or the folder has the photo already. Throws a Failure. */
export type PutOne = (file: AnyFile, target: Target) => Promise<string>;

export type Put = {
  /** Puts, one by one, files that were picked together: what the person says to one counts for all. */
  putTogether: (files: readonly AnyFile[]) => PutOne;
  /** Replaces what has the key only where `own`; else the person is asked. Throws a Failure. */
  putBody: (body: Blob, target: Target, own: boolean) => Promise<string>;
  /** The questions, to be drawn by the component. */
  dialog: ReactNode;
};

/** What the person said before an upload. */
type Said = Pick<PutTo, "consent" | "photos">;

const NOTHING_SAID: Said = { consent: "ask", photos: null };

/** An answer that asks first. */
type Asked = Extract<PutAnswer, { kind: "needsConsent" | "needsChoices" }>;

type Question =
  | { kind: "before"; target: Target; asked: Asked; count: number; answer: (said: Said | null) => void }
  | { kind: "replace"; target: Target; answer: (replace: boolean) => void };

type Way = {
  send: (to: PutTo) => Promise<PutAnswer>;
  /** Files that the question is about. */
  count: number;
  /** Told what the person said, if they were asked; null: they want none of it. */
  onSaid?: (said: Said | null) => void;
};

export function usePut(): Put {
  const host = useHost();
  const [question, setQuestion] = useState<Question | null>(null);

  const put = useCallback(
    async (to: PutTo, { send, count, onSaid }: Way): Promise<string> => {
      let answer = await send(to);
      if (asksFirst(answer)) {
        const asked = answer;
        const said = await new Promise<Said | null>((resolve) =>
          setQuestion({ kind: "before", target: to, asked, count, answer: resolve }),
        );
        setQuestion(null);
        onSaid?.(said);
        if (said === null) throw cancelled(to.key);
        answer = await send({ ...to, ...said });
      }
      if (asksFirst(answer)) throw cancelled(to.key);
      return answer.kind === "stored" ? answer.key : arrived(host, answer.transfer);
    },
    [host],
  );

  const putTogether = useCallback(
    (files: readonly AnyFile[]): PutOne => {
      let said: Said | null = NOTHING_SAID;
      // The first one asks for all of them.
      let asksFor = files;
      return async (file, target) => {
        if (said === null) throw cancelled(target.key);
        const together = asksFor;
        asksFor = [];
        return put(
          { ownKey: false, ...target, ...said, replace: false },
          {
            send: (to) => host.putFile(file, to, together),
            count: Math.max(1, together.length),
            onSaid: (now) => {
              said = now;
            },
          },
        );
      };
    },
    [put, host],
  );
  const putBody = useCallback(
    async (body: Blob, target: Target, own: boolean) => {
      let said = NOTHING_SAID;
      const way: Way = {
        send: (to) => host.putBody(body, to),
        count: 1,
        onSaid: (now) => {
          said = now ?? said;
        },
      };
      // The component was told the key: it goes nowhere else, whatever else holds its content.
      const to: PutTo = { ...target, ...said, ownKey: true, replace: own };
      try {
        return await put(to, way);
      } catch (thrown) {
        if (toFailure(thrown).code !== "alreadyExists") throw thrown;
        const replace = await new Promise<boolean>((resolve) =>
          setQuestion({ kind: "replace", target, answer: resolve }),
        );
        setQuestion(null);
        if (!replace) throw cancelled(target.key);
        return put({ ...to, ...said, replace: true }, way);
      }
    },
    [put, host],
  );

  return { putTogether, putBody, dialog: question && <QuestionDialog question={question} /> };
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
  const { asked, count } = question;
  const photos = asked.kind === "needsChoices" ? { found: asked.found, choices: asked.choices } : null;
  return (
    <ConsentDialog
      offerPrivate={false}
      offerSkip={!target.ownKey}
      question={{ place: { space: target.space, folder }, audience: asked.audience, count, photos }}
      onAnswer={(given) =>
        question.answer(
          given.kind === "go" ? { consent: given.dontAskAgain ? "always" : "once", photos: given.photos } : null,
        )
      }
    />
  );
}

function asksFirst(answer: PutAnswer): answer is Asked {
  return answer.kind === "needsConsent" || answer.kind === "needsChoices";
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
