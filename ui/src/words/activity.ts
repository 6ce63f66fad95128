// Words of the activity log.
type Did = { done: (what: string) => string; failed: (what: string) => string };

/** By Amplify's name of the event. */
const did: Record<string, Did> = {
  upload: { done: (what) => `Uploaded ${what}`, failed: (what) => `Couldn’t upload ${what}` },
  download: { done: (what) => `Downloaded ${what}`, failed: (what) => `Couldn’t download ${what}` },
  delete: { done: (what) => `Deleted ${what}`, failed: (what) => `Couldn’t delete ${what}` },
  copy: { done: (what) => `Copied to ${what}`, failed: (what) => `Couldn’t copy to ${what}` },
  getSignedUrl: { done: (what) => `Made a link to ${what}`, failed: (what) => `Couldn’t make a link to ${what}` },
  list: { done: () => "Looked at a folder", failed: () => "Couldn’t look at a folder" },
};

export const activity = {
  title: "Activity",
  text: "What this account uploaded, downloaded and deleted on this computer. Nobody else is told.",
  empty: "Nothing yet. Uploads, downloads and deletions are listed here.",
  did,
  export: "Export…",
  exported: "Activity exported",
};
