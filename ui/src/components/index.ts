// The Amplify components as their users know them, on this window's host: props and behaviour of the original where it was right.
export { AlbumGrid, type AlbumGridProps, type TileHow } from "./AlbumGrid";
export { AlbumTile } from "./AlbumTile";
export { type FileToKey, keyOf, type KeyOptions } from "./calcKey";
export { failureAt } from "./failureAt";
export { S3Album, type S3AlbumProps } from "./S3Album";
export { S3Image, type S3ImageProps } from "./S3Image";
export { S3Text, type S3TextProps } from "./S3Text";
export { SectionHeading } from "./SectionHeading";
export { plainSections, sectionsByDay } from "./sections";
