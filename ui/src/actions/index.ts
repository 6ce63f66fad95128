// Every user action as data, and the keys that run it.
export { ActionsProvider, useAction, useActions, useSearchFocus } from "./ActionsProvider";
export { ControlsProvider, type LineVerb, type TransferVerb, useControls, useControlsNow } from "./controls";
export type { ActionId } from "./table";
