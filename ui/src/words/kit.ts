// Words that the kit itself needs.

export const kit = {
  close: "Close",
  cancel: "Cancel",
  news: "News",
};
