// Words of ui/src/listing and of what files are called.

/** By the ending of the name; what is missing here is named by its media. */
const kindsByEnding: Record<string, string> = {
  jpg: "JPEG image",
  jpeg: "JPEG image",
  png: "PNG image",
  gif: "GIF image",
  webp: "WebP image",
  heic: "HEIC image",
  heif: "HEIF image",
  avif: "AVIF image",
  tif: "TIFF image",
  tiff: "TIFF image",
  bmp: "Bitmap image",
  svg: "SVG drawing",
  md: "Markdown",
  markdown: "Markdown",
  csv: "CSV table",
  tsv: "TSV table",
  json: "JSON",
  xml: "XML",
  yml: "YAML",
  yaml: "YAML",
  html: "Web page",
  htm: "Web page",
  ics: "Calendar",
  eml: "E-mail",
  zip: "Zip archive",
  pdf: "PDF document",
  doc: "Word document",
  docx: "Word document",
  odt: "Text document",
  xls: "Excel table",
  xlsx: "Excel table",
  ods: "Table",
  ppt: "Presentation",
  pptx: "Presentation",
  odp: "Presentation",
};

const kindsByMedia = {
  folder: "Folder",
  image: "Image",
  text: "Text",
  video: "Video",
  audio: "Audio",
  pdf: "PDF document",
  archive: "Archive",
  other: "File",
};

/** 1 item, 1,284 items. */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
}

const items = (count: number) => counted(count, "item", "items");

export const listing = {
  kindsByEnding,
  kindsByMedia,
  endingFile: (ending: string) => `${ending.toUpperCase()} file`,
  grid: (folder: string) => `Files in ${folder}`,
  columns: { name: "Name", kind: "Kind", size: "Size", modified: "Modified" },
  sortBy: (column: string) => `Sort by ${column.toLowerCase()}`,
  resize: (column: string) => `Width of ${column}`,
  loading: (folder: string) => `Opening ${folder}…`,
  items,
  matches: (count: number) => `${counted(count, "item matches", "items match")}`,
  stillReading: (count: number) => `${items(count)} so far…`,
  selected: (selected: number, count: number, size: string | null) =>
    `${selected.toLocaleString("en-GB")} of ${count.toLocaleString("en-GB")} selected${size === null ? "" : ` · ${size}`}`,
  announceSelected: (selected: number, size: string | null) =>
    selected === 0
      ? "Nothing selected"
      : `${selected.toLocaleString("en-GB")} selected${size === null ? "" : `, ${size}`}`,
  updated: (time: string) => `Updated ${time}`,
  refresh: "Refresh",
  staleRows: (time: string) => `You see what was here at ${time}.`,
  menu: "Actions",
  empty: {
    onlyYou: "Nothing here yet. Files you add are only for you.",
    everyoneReads: "Nothing here yet. Everyone can read the files that you add.",
    everyoneChanges: "Nothing here yet. Everyone can read, change and delete the files that you add.",
    sharedReadOnly: "Nothing is shared here yet.",
    groupChanges: "Nothing here yet. Everyone can read the files that you add.",
    groupOnly: "Nothing here yet. Only your group will see the files that you add.",
    unknown: "Nothing here yet.",
  },
  emptyHint: "or drop them anywhere",
  uploadFiles: "Upload files",
  menuUploadFiles: "Upload files…",
  menuUploadFolder: "Upload folder…",
  noMatch: (folder: string, text: string) => `Nothing in ${folder} matches “${text}”.`,
  clearSearch: "Clear",
  folderGone: "This folder was moved or deleted.",
  goToSpace: (space: string) => `Go to ${space}`,
  newFolder: "New folder",
  newFolderName: "Name",
  newFolderIn: (place: string) => `In ${place}`,
  createFolder: "Create folder",
  cancel: "Cancel",
  deleteQuestion: (rows: number) => `Delete ${items(rows)} forever?`,
  deleteOneQuestion: (name: string) => `Delete “${name}” forever?`,
  deleteText: "This can’t be undone.",
  deleteFolders: (files: number, bytes: string) =>
    files === 0
      ? "No files are inside. This can’t be undone."
      : `${counted(files, "file", "files")} in all, ${bytes}. This can’t be undone.`,
  deleteCounting: "Counting what is inside… This can’t be undone.",
  deleteForever: "Delete forever",
  deleting: "Deleting…",
  deleted: (files: number) => `${items(files)} deleted`,
  deletedAndQueued: "There is much to delete. It goes on in Transfers.",
  notDeleted: (count: number) => `${items(count)} couldn’t be deleted`,
  downloading: (count: number, folder: string) => `Downloading ${items(count)} to ${folder}`,
  close: "Close",
};
