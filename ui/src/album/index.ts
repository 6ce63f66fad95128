// The open folder as an album: the newest day first, tiles instead of rows, the same selection as the list.
export { AlbumView } from "./AlbumView";
