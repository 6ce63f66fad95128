// The open folder as an album or as tiles: pictures by time, the same selection as the list.
export { AlbumView } from "./AlbumView";
export { TilesView } from "./TilesView";
