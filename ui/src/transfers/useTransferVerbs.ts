// Does what a person asks for with transfers: one, the selected ones, or all of a tab. Asks before much that was sent is thrown away.
import { useCallback, useMemo, useState } from "react";
import { toFailure } from "../api";
import { type Commands, type LinePlace, type TransferChoice, type TransferRow, useHost } from "../host";
import { toast } from "../kit";
import { usePlace } from "../place";
import { useSignIn } from "../session";
import { askConflict } from "./conflicts";
import type { Verb } from "./verbs";

/** More than this sent: cancelling asks first. */
const PRECIOUS = 100_000_000;
/** Rows looked at to know how much was sent. */
const LOOKED_AT = 1_000;

/** What would be cancelled, while the person is asked about it. */
export type CancelQuestion = { choices: readonly TransferChoice[]; count: number; name: string | null; sent: number };

export type TransferVerbs = {
  /** `row`: the only one meant, where it is one. `count`: how many are meant. */
  run: (verb: Verb, choices: readonly TransferChoice[], count: number, row: TransferRow | null) => void;
  /** Moves what waits among these in line. */
  order: (choices: readonly TransferChoice[], to: LinePlace) => void;
  /** Forgets what is done, of this run and of earlier ones. */
  clearHistory: () => void;
  question: CancelQuestion | null;
  /** The answer to the question. */
  answer: (cancel: boolean) => void;
  /** The transfer whose report is asked for. */
  report: TransferRow | null;
  closeReport: () => void;
};

export function useTransferVerbs(): TransferVerbs {
  const { commands } = useHost();
  const { go } = usePlace();
  const { open: openSignIn } = useSignIn();
  const [question, setQuestion] = useState<CancelQuestion | null>(null);
  const [report, setReport] = useState<TransferRow | null>(null);

  const tell = useCallback((command: Promise<unknown>) => {
    command.catch((thrown: unknown) => {
      const { message, hint } = toFailure(thrown);
      toast({ text: message, hint, tone: "bad" });
    });
  }, []);

  const cancel = useCallback(
    async (choices: readonly TransferChoice[], count: number, row: TransferRow | null) => {
      const sent = row?.sent ?? (await sentBy(commands, choices));
      if (sent > PRECIOUS) setQuestion({ choices, count, name: row?.name ?? null, sent });
      else await eachOf(choices, commands.cancelTransfers);
    },
    [commands],
  );

  const run = useCallback<TransferVerbs["run"]>(
    (verb, choices, count, row) => {
      switch (verb) {
        case "decide":
          return askConflict(row?.id);
        case "signIn":
          return openSignIn("signIn");
        case "show":
          if (row?.kind === "download") return tell(commands.showLocal(row.id));
          return row ? go({ space: row.space, folder: row.folder }) : undefined;
        case "cancel":
          return tell(cancel(choices, count, row));
        case "pause":
          return tell(eachOf(choices, commands.pauseTransfers));
        case "resume":
          return tell(eachOf(choices, commands.resumeTransfers));
        case "retry":
          return tell(eachOf(choices, commands.retryTransfers));
        case "report":
          return setReport(row);
        case "clear":
          return tell(eachOf(choices, commands.clearTransfers));
      }
    },
    [cancel, commands, go, openSignIn, tell],
  );

  return useMemo(
    () => ({
      run,
      order: (choices, to) => tell(eachOf(choices, (which) => commands.orderTransfers(which, to))),
      clearHistory: () => tell(commands.clearTransferHistory()),
      question,
      answer: (yes) => {
        setQuestion(null);
        if (yes && question) tell(eachOf(question.choices, commands.cancelTransfers));
      },
      report,
      closeReport: () => setReport(null),
    }),
    [run, question, report, commands, tell],
  );
}

async function eachOf(
  choices: readonly TransferChoice[],
  command: (which: TransferChoice) => Promise<unknown>,
): Promise<void> {
  await Promise.all(choices.map((which) => command(which)));
}

/** Bytes that the chosen transfers have sent; of very many only the newest are looked at. */
async function sentBy({ transferRows }: Commands, choices: readonly TransferChoice[]): Promise<number> {
  const tabs = choices.flatMap((choice) => (choice.kind === "tab" ? [choice.tab] : []));
  const ids = new Set(choices.flatMap((choice) => (choice.kind === "several" ? choice.ids : [])));
  const looked = ids.size > 0 ? (["running", "paused"] as const) : tabs;
  const pages = await Promise.all(looked.map((tab) => transferRows(tab, 0, LOOKED_AT)));
  const rows = pages.flat().filter(({ id }) => ids.size === 0 || ids.has(id));
  return rows.reduce((sum, { sent }) => sum + sent, 0);
}
