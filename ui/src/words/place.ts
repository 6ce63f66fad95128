// Words of places and of who can read them. They are the promise of the product: the same everywhere.
import type { Audience, Level } from "../host";

const levels: Record<Exclude<Level, "path">, string> = { private: "Private", protected: "Protected", public: "Public" };

const audience: Record<Audience, string> = {
  onlyYou: "Only you",
  everyoneReads: "Everyone can read, only you can change",
  everyoneChanges: "Everyone can read and change",
  sharedReadOnly: "Shared with everyone · you can only read",
  groupChanges: "Everyone can read, your group can change",
  groupOnly: "Only your group",
  unknown: "Amphora can't tell who can read this",
};

const audienceShort: Record<Audience, string> = {
  onlyYou: "Only you",
  everyoneReads: "Everyone reads, you change",
  everyoneChanges: "Everyone reads and changes",
  sharedReadOnly: "You can only read",
  groupChanges: "Everyone reads, your group changes",
  groupOnly: "Only your group",
  unknown: "Amphora can't tell",
};

const audienceExplained: Record<Audience, string> = {
  onlyYou: "Nobody else who uses this team's app can open, list or change these files.",
  everyoneReads: "Everyone can open these files. Only you can add, change and delete them.",
  everyoneChanges: "Everyone can open these files, and everyone can add, change and delete them.",
  sharedReadOnly: "These files are shared with everyone. You can open them, but not add, change or delete any.",
  groupChanges: "Everyone can open these files. Only people in your group can add, change and delete them.",
  groupOnly: "Only people in your group can open these files. The people who run the storage say who is in it.",
  unknown:
    "The rules of this storage are not known to Amphora. Ask the people who run it before you put anything here.",
};

export const place = {
  levels,
  personsSpace: "A person's files",
  /** A path with rules for each person: everybody has their own. */
  ownPath: (name: string) => `${name} (yours)`,
  wholeBucket: "All files",
  inBucket: (audienceWords: string, bucket: string) => `${audienceWords} · ${bucket}`,
  audience,
  audienceShort,
  audienceExplained,
  whoCanRead: (audienceWords: string) => `Who can read this: ${audienceWords}`,
  explanation: "Who can read this",
  everyone: (guests: boolean) =>
    `Everyone means anyone who uses this team's app${guests ? ", also without signing in" : ""}.`,
  administrators: "The people who run the storage can always see all files.",
  places: "Places",
  pinned: "Pinned",
  pinnedFolder: (name: string, path: string) => `${name}: ${path}`,
  named: (name: string, whoReads: string) => `${name}: ${whoReads}`,
  breadcrumbs: "Where you are",
  hiddenFolders: "Folders in between",
};
