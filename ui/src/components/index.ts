// The Amplify components as their users know them, on this window's host: props and behaviour of the original where it was right.
export { AlbumGrid, type AlbumGridProps, type TileHow } from "./AlbumGrid";
export { AlbumTile } from "./AlbumTile";
export { countsFiles, type FileToKey, type KeyFile, keyOf, type KeyOptions, nameBy, type NamingRule } from "./calcKey";
export { failureAt } from "./failureAt";
export type { AlbumContentType, AlbumFilterProp, AlbumItem, AlbumSort } from "./order";
export { PhotoPicker, type PhotoPickerProps } from "./PhotoPicker";
export { Picker, type PickerProps } from "./Picker";
export type { AnyFile, Pick } from "./reading";
export { S3Album, type S3AlbumProps } from "./S3Album";
export { S3Image, type S3ImageProps } from "./S3Image";
export { S3Text, type S3TextProps } from "./S3Text";
export { SectionHeading } from "./SectionHeading";
export { plainSections, sectionsByDay } from "./sections";
export { StorageDefaults, type StorageDefaultsProps } from "./StorageDefaults";
export { TextPicker, type TextPickerProps } from "./TextPicker";
export type { Translate, Translated } from "./translate";
export { useHeld } from "./useHeld";
export type { ItemBody, ItemProps } from "./useItem";
