// Words of the frame: sidebar, toolbar, actions, shortcuts.

export const frame = {
  product: "Amphora",
  sidebar: "Sidebar",
  openSidebar: "Show places",
  toolbar: "Toolbar",
  practiceChip: "Practice storage · this computer",
  practiceExplained: "Sample files to try things with. Nothing leaves this computer.",
  search: (folder: string) => `Search ${folder}`,
  openSearch: "Search",
  clearSearch: "Clear search",
  view: "View",
  upload: "Upload",
  uploadMenu: "Upload",
  selected: (count: number) => `${count.toLocaleString()} selected`,
  selectionActions: "Actions for the selection",
  loading: "Opening Amphora…",
  shortcuts: "Keyboard shortcuts",
  shortcutsOfLists: "In lists",
  done: "Done",
};

export const actions = {
  back: "Back",
  forward: "Forward",
  parent: "Go to the folder above",
  viewList: "List",
  viewGrid: "Grid",
  viewAlbum: "Album",
  newFolder: "New folder",
  uploadFiles: "Files…",
  uploadFolder: "Folder…",
  open: "Open",
  download: "Download",
  delete: "Delete",
  selectAll: "Select all",
  clearSelection: "Clear selection",
  refresh: "Refresh",
  search: "Search this folder",
  transfers: "Show or hide transfers",
  shortcuts: "List the keyboard shortcuts",
  copyInvitation: "Copy invitation link",
  uploadFilesLong: "Upload files",
  uploadFolderLong: "Upload a folder",
};

/** Keys that lists handle themselves; only listed. */
export const listKeys: ReadonlyArray<{ keys: string; what: string }> = [
  { keys: "↑ ↓ Home End", what: "Move in the list" },
  { keys: "Shift + arrows", what: "Extend the selection" },
  { keys: "Enter", what: "Open" },
  { keys: "Space", what: "Quick preview" },
  { keys: "Escape", what: "Close what is open, then clear the selection" },
  { keys: "Shift + F10", what: "Menu of the file" },
];
