// Joins the action table with where the user is and what the features can do; lets any component run an action.
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { useHost } from "../host";
import { useFolderView, usePlace } from "../place";
import { useControlsNow } from "./controls";
import { combinations, written } from "./shortcut";
import { ShortcutsDialog } from "./ShortcutsDialog";
import { type ActionContext, type ActionId, actionOf } from "./table";
import { useShortcuts } from "./useShortcuts";

type ActionsValue = {
  context: ActionContext;
  isMac: boolean;
  /** The search box says how it is focused. */
  setSearchFocus: (focus: (() => void) | null) => void;
};

const ActionsContext = createContext<ActionsValue | null>(null);

export function ActionsProvider({ children }: { children: ReactNode }) {
  const { mac: isMac } = useHost();
  const place = usePlace();
  const folderView = useFolderView();
  const controls = useControlsNow();
  const [listed, setListed] = useState(false);
  const searchFocus = useRef<(() => void) | null>(null);
  const setSearchFocus = useCallback((focus: (() => void) | null) => {
    searchFocus.current = focus;
  }, []);

  const context = useMemo<ActionContext>(
    () => ({
      place,
      folderView,
      controls,
      focusSearch: () => searchFocus.current?.(),
      showShortcuts: () => setListed(true),
    }),
    [place, folderView, controls],
  );
  useShortcuts(context, isMac);
  const value = useMemo(() => ({ context, isMac, setSearchFocus }), [context, isMac, setSearchFocus]);

  return (
    <ActionsContext value={value}>
      {children}
      <ShortcutsDialog isOpen={listed} onClose={() => setListed(false)} isMac={isMac} />
    </ActionsContext>
  );
}

export type BoundAction = {
  id: ActionId;
  label: string;
  icon: ReactNode;
  /** As written on this keyboard. */
  shortcut: string | undefined;
  danger: boolean;
  isDisabled: boolean;
  run: () => void;
};

/** An action ready for a button or a menu entry. */
export function useAction(id: ActionId): BoundAction {
  return bind(id, useActionsValue());
}

/** Several actions, for a menu; those that make no sense now are left out. */
export function useActions(ids: readonly ActionId[]): BoundAction[] {
  const value = useActionsValue();
  return ids.map((id) => bind(id, value)).filter((action) => !action.isDisabled);
}

export function useSearchFocus(): ActionsValue["setSearchFocus"] {
  return useActionsValue().setSearchFocus;
}

function useActionsValue(): ActionsValue {
  const value = useContext(ActionsContext);
  if (!value) throw new Error("useAction needs an ActionsProvider above it");
  return value;
}

function bind(id: ActionId, { context, isMac }: ActionsValue): BoundAction {
  const action = actionOf(id);
  const [first] = action.shortcuts ? combinations(action.shortcuts, isMac) : [];
  return {
    id,
    label: action.label,
    icon: action.icon,
    shortcut: first && written(first, isMac),
    danger: action.danger ?? false,
    isDisabled: !action.when(context),
    run: () => action.run(context),
  };
}
