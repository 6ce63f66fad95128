// Words of ui/src/preview.

export const preview = {
  title: (name: string) => `Preview of ${name}`,
  position: (at: number, count: number) => `${at.toLocaleString("en-GB")} of ${count.toLocaleString("en-GB")}`,
  previous: "Previous",
  next: "Next",
  close: "Close",
  download: "Download",
  loading: "Loading the picture…",
  noPreview: (kind: string) => `No preview of this kind of file (${kind}).`,
  unreadable: "This picture can’t be shown.",
  unreadableHint: "It may be damaged, or of a kind that Amphora doesn’t know. You can still download it.",
  textFailed: "This text can’t be shown.",
  cut: (shown: string, whole: string) => `The first ${shown} of ${whole}. Download it to see all.`,
};
