// What is happening to files on their way: one line, and a drawer with all of it.
export { askConflict, conflictAnswered, decideLater, useConflictWish } from "./conflicts";
export { TransfersDrawer } from "./TransfersDrawer";
export { useTransferSummary } from "./useTransferSummary";
