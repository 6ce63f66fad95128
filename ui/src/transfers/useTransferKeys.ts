// The keyboard of the transfers while their list has the focus: moving and selecting, and the verbs that need no menu.
import { type KeyboardEvent, useEffect, useRef } from "react";
import { type TransferRow, useHost } from "../host";
import type { TransferSelection } from "./useTransferSelection";
import { type Verb, verbsOf } from "./verbs";
import { type LineVerb, useControlsNow } from "../actions";

export type TransferKeys = {
  selection: TransferSelection;
  /** Rows of a page. */
  page: number;
  rowAt: (index: number) => TransferRow | undefined;
  show: (index: number) => void;
  onRun: (verb: Verb, row: TransferRow) => void;
  menuAt: () => void;
};

export function useTransferKeys({ selection, page, rowAt, show, onRun, menuAt }: TransferKeys) {
  const { mac } = useHost();
  const transfers = useControlsNow().transfers;
  const { focus } = selection;
  const index = focus?.index;
  const latestShow = useRef(show);
  useEffect(() => {
    latestShow.current = show;
  });
  useEffect(() => {
    if (index !== undefined) latestShow.current(index);
  }, [index]);

  /** The first of these that makes sense for what is selected. */
  const runFirst = (...verbs: Verb[]) => {
    const verb = verbs.find((one) => transfers?.can(one));
    if (verb) transfers?.run(verb);
  };

  return (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    const control = mac ? event.metaKey : event.ctrlKey;
    const step = stepOf(event.key, page);
    // What is not for the line stays with the window: Alt and an arrow also go to the parent, back and forward.
    const inLine = event.altKey ? LINE_KEYS[event.key] : undefined;
    if (inLine && transfers?.can(inLine)) transfers.run(inLine);
    else if (event.altKey) return;
    else if (step) void selection.move(step, { range: event.shiftKey, keep: control });
    else if (event.key === "Enter") {
      const row = focus && rowAt(focus.index);
      const main = row && verbsOf(row)[0];
      if (row && main) onRun(main, row);
    } else if (event.key === " ") runFirst("pause", "resume");
    else if (event.key === "Delete" || event.key === "Backspace") runFirst("cancel", "clear");
    else if (event.key === "Escape" && selection.count > 0) selection.clear();
    else if (event.key.toLowerCase() === "a" && control) selection.all();
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) menuAt();
    else return;
    event.preventDefault();
  };
}

const LINE_KEYS: Partial<Record<string, LineVerb>> = {
  ArrowUp: "sooner",
  ArrowDown: "later",
  Home: "first",
  End: "last",
};

function stepOf(key: string, page: number): ((from: number, last: number) => number) | null {
  switch (key) {
    case "ArrowDown":
      return (from) => from + 1;
    case "ArrowUp":
      return (from, last) => (from < 0 ? last : from - 1);
    case "PageDown":
      return (from) => Math.max(0, from) + page;
    case "PageUp":
      return (from) => from - page;
    case "Home":
      return () => 0;
    case "End":
      return (_, last) => last;
    default:
      return null;
  }
}
