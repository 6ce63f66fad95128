// The open folder as an album or as tiles: pictures by time, the same selection as the list, what is shown of it; and all albums at hand.
export { AlbumsPage } from "./AlbumsPage";
export { AlbumView } from "./AlbumView";
export { TilesView } from "./TilesView";
export { type CoverOffer, useCoverChoice } from "./useCoverChoice";
export { asksWhenTaken, EVERYTHING, useAlbumFilter } from "./useAlbumFilter";
