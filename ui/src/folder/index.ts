// The open folder as data, for list, album and preview: the listing, windows of its rows, and the selection. Draws nothing.
export { type ListingState, useListing } from "./useListing";
export { HeldListingsProvider, useHeldListing } from "./heldListings";
export { type MarkedRow, rowMark, rowOf } from "./rowMark";
export { useAllRows } from "./useAllRows";
export { type RowsByIndex, useFetchRows, useRows } from "./useRows";
export {
  countMarked,
  type Cursor,
  emptySelection,
  isMarked,
  type Marked,
  only,
  type SelectionAction,
  selectionReducer,
} from "./selection";
export { useLatest } from "./useLatest";
export { type FolderSelection, type KeptSelection, useSelection } from "./useSelection";
