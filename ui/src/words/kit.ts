// Words that the kit itself needs.

export const kit = {
  close: "Close",
  cancel: "Cancel",
  news: "News",
  showPassword: "Show password",
  hidePassword: "Hide password",
};
