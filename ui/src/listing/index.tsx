// The door of listing.

export function FolderView() {
  return null;
}
