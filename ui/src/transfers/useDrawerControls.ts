// Tells the action table what can be done with the selected transfers, while the drawer is open.
import { useMemo } from "react";
import { type LineVerb, type TransferVerb, useControls } from "../actions";
import type { LinePlace } from "../host";
import type { DrawerTab } from "./useTransferRows";
import type { TransferSelection } from "./useTransferSelection";
import type { TransferVerbs } from "./useTransferVerbs";
import { canChangeLine, isLineVerb, VERBS_OF_TAB, verbsOfAll } from "./verbs";

export type DrawerControls = {
  tab: DrawerTab;
  selection: TransferSelection;
  run: TransferVerbs["run"];
  order: TransferVerbs["order"];
  toggle: () => void;
};

export function useDrawerControls({ tab, selection, run, order, toggle }: DrawerControls): void {
  const controls = useMemo(() => {
    const { rows, count, whole, choices } = selection;
    const verbs = whole ? new Set(VERBS_OF_TAB[tab]) : verbsOfAll(rows);
    const single = count === 1 ? (rows[0] ?? null) : null;
    return {
      open: true,
      toggle,
      can: (verb: TransferVerb | LineVerb) =>
        count > 0 && (isLineVerb(verb) ? !whole && canChangeLine(rows) : verbs.has(verb)),
      run: (verb: TransferVerb | LineVerb) =>
        void choices().then(async (which) => {
          if (!isLineVerb(verb)) return run(verb, which, count, single);
          const to = await placeOf(verb, selection);
          if (to) order(which, to);
        }),
    };
  }, [tab, selection, run, order, toggle]);
  useControls("transfers", controls);
}

/** Null: it is there already. */
async function placeOf(verb: LineVerb, { neighbour }: TransferSelection): Promise<LinePlace | null> {
  switch (verb) {
    case "first":
    case "last":
      return { kind: verb };
    case "sooner": {
      const other = await neighbour("before");
      return other && { kind: "before", id: other.id };
    }
    case "later": {
      const other = await neighbour("behind");
      return other && { kind: "after", id: other.id };
    }
  }
}
