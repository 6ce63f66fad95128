// The open folder as an album or as tiles: pictures by time, the same selection as the list, what is shown of it.
export { AlbumView } from "./AlbumView";
export { TilesView } from "./TilesView";
export { useCoverChoice } from "./useCoverChoice";
export { EVERYTHING, useAlbumFilter } from "./useAlbumFilter";
