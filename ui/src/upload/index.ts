// Files on their way in: the upload buttons, drops from the desktop, who will see them, names that exist.
export { DropCaption } from "./DropCaption";
export { dropTarget, type HoveredTarget, targetAt, targetOf } from "./dropTarget";
export { REST, useRestOpens } from "./useRestOpens";
export { UploadLayer } from "./UploadLayer";
export { PhotoSizeField } from "./PhotoSizeField";
