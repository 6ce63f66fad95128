// Words of the activity log.
export const activity = {
  title: "Activity",
  text: "What this account uploaded, downloaded and deleted on this computer. Nobody else is told.",
  empty: "Nothing yet. Uploads, downloads and deletions are listed here.",
  export: "Export…",
  exported: "Activity exported",
};
