// What can be done with a transfer, by where it stands. Pure.
import type { LineVerb, TransferVerb } from "../actions";
import type { TransferRow } from "../host";
import type { DrawerTab } from "./useTransferRows";

export type Verb = TransferVerb;

const LINE_VERBS: readonly LineVerb[] = ["first", "sooner", "later", "last"];

export function isLineVerb(verb: Verb | LineVerb): verb is LineVerb {
  return LINE_VERBS.some((one) => one === verb);
}

/** Only what waits stands in a line that can be changed. */
export function canChangeLine(rows: readonly TransferRow[]): boolean {
  return rows.some(({ state }) => state === "waiting");
}

/** Files under it could not be done, and there is a report of them. */
export function hasReport({ items }: TransferRow): boolean {
  return items !== null && items.failed > 0;
}

/** The most useful one first: it is what Enter does. */
export function verbsOf(row: TransferRow): readonly Verb[] {
  return hasReport(row) ? [...verbsOfState(row), "report"] : verbsOfState(row);
}

function verbsOfState(row: TransferRow): readonly Verb[] {
  switch (row.state) {
    case "waiting":
      return ["pause", "cancel"];
    case "running":
    case "checking":
      return ["pause", "cancel"];
    case "scanning":
      return ["cancel"];
    case "paused":
      return ["resume", "cancel"];
    case "needsAnswer":
      return ["decide", "cancel"];
    case "failed":
      return [row.failure?.retry.kind === "afterSignIn" ? "signIn" : "retry", "clear"];
    case "done":
      return row.kind === "delete" ? [] : ["show"];
    case "skipped":
      return ["show"];
    case "cancelled":
      return ["retry"];
  }
}

/** What can be done with all of a tab, known without looking at its rows. */
export const VERBS_OF_TAB: Record<DrawerTab, readonly Verb[]> = {
  needsYou: ["decide", "cancel"],
  running: ["pause", "cancel"],
  waiting: ["pause", "cancel"],
  paused: ["resume", "cancel"],
  failed: ["retry", "clear"],
  // The history is cleared as a whole, not row by row.
  done: [],
};

/** About one transfer only. */
const SINGLE: ReadonlySet<Verb> = new Set(["decide", "show", "signIn", "report"]);

/** What can be done with several: what one of them takes, the others leave alone. */
export function verbsOfAll(rows: readonly TransferRow[]): ReadonlySet<Verb> {
  const all = new Set(rows.flatMap((row) => [...verbsOf(row)]));
  return rows.length === 1 ? all : new Set([...all].filter((verb) => !SINGLE.has(verb)));
}
