// Listens to the keyboard of the whole window and runs the action whose keys were pressed.
import { useLayoutEffect } from "react";
import { isDialogOpen } from "../kit";
import { combinations, matches } from "./shortcut";
import { type ActionContext, actionIds, actionOf } from "./table";

export function useShortcuts(context: ActionContext, isMac: boolean): void {
  // Together with what is painted: whoever sees the window can use its keys.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isDialogOpen() || document.querySelector('[role="menu"]')) return;
      for (const id of actionIds) {
        const action = actionOf(id);
        if (!action.shortcuts) continue;
        const hit = combinations(action.shortcuts, isMac).find((shortcut) => matches(event, shortcut, isMac));
        if (!hit || (isEditing(event.target) && !(hit.mod && hit.key !== "a"))) continue;
        if (!action.when(context)) return;
        event.preventDefault();
        action.run(context);
        return;
      }
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [context, isMac]);
}

function isEditing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches("input, textarea") || target.isContentEditable);
}
