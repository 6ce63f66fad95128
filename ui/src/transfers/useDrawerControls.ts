// Tells the action table what can be done with the selected transfers, while the drawer is open.
import { useMemo } from "react";
import { useControls } from "../actions";
import type { DrawerTab } from "./useTransferRows";
import type { TransferSelection } from "./useTransferSelection";
import type { TransferVerbs } from "./useTransferVerbs";
import { VERBS_OF_TAB, verbsOfAll } from "./verbs";

export type DrawerControls = {
  tab: DrawerTab;
  selection: TransferSelection;
  run: TransferVerbs["run"];
  toggle: () => void;
};

export function useDrawerControls({ tab, selection, run, toggle }: DrawerControls): void {
  const controls = useMemo(() => {
    const { rows, count, whole, choices } = selection;
    const verbs = whole ? new Set(VERBS_OF_TAB[tab]) : verbsOfAll(rows);
    const single = count === 1 ? (rows[0] ?? null) : null;
    return {
      open: true,
      toggle,
      can: (verb: Parameters<typeof run>[0]) => count > 0 && verbs.has(verb),
      run: (verb: Parameters<typeof run>[0]) => void choices().then((which) => run(verb, which, count, single)),
    };
  }, [tab, selection, run, toggle]);
  useControls("transfers", controls);
}
