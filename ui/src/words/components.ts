// Words of ui/src/components. Titles and headers are the original's, so that its users find them again.

export const components = {
  noPreview: (kind: string) => `${kind}, no preview`,
  albumLoading: "Reading the album",
  albumEmpty: "Nothing to show",
  pickFile: "Pick a File",
  pick: "Pick",
  photos: "Photos",
  photosHint: "Add your photos by clicking below",
  selectPhoto: "Select a Photo",
  photoSelected: "The image has been selected",
  previewOf: (name: string) => `Preview of ${name}`,
  upload: "Upload Photo",
  uploadText: "Upload Text",
  uploading: "Uploading…",
  uploadCancelled: (key: string) => `“${key}” was not uploaded.`,
  uploadCancelledHint: "Pick it again to upload it.",
  fileUnreadable: (name: string) => `Couldn’t read “${name}”.`,
  fileUnreadableHint: "It may have been moved, deleted or locked. Pick it again.",
  replaceTitle: (key: string) => `“${key}” is already there`,
  replaceText: "Something else has this name. Replace it? The old file is gone for good.",
  replace: "Replace",
};
