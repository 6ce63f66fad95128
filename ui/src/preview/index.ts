// A file in large, over the window: pictures, texts, and a word about everything else.
export { PreviewDialog } from "./PreviewDialog";
