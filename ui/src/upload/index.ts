// Files on their way in: the upload buttons, drops from the desktop, who will see them, names that exist.
export { DropCaption } from "./DropCaption";
export { dropTarget, type HoveredTarget, targetAt } from "./dropTarget";
export { REST } from "./useDesktopDrag";
export { UploadLayer } from "./UploadLayer";
export { PhotoSizeField } from "./PhotoSizeField";
