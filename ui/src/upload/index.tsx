// The door of upload.

export function UploadLayer() {
  return null;
}
