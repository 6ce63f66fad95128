// A file in large, over the window: pictures, texts, and a word about everything else.
export { useFavourites } from "./favourites";
export { PreviewDialog } from "./PreviewDialog";
