// Every user action as data, and the keys that run it.
export { ActionsProvider, type BoundAction, useAction, useActions, useSearchFocus } from "./ActionsProvider";
export {
  type Controls,
  ControlsProvider,
  type FolderControls,
  type TransferControls,
  type UploadControls,
  useControls,
  useControlsNow,
} from "./controls";
export type { ActionId } from "./table";
