// Words of ui/src/upload: drops, consent, names that exist.
import type { Audience, PhotosFound } from "../host";
import { counted } from "./listing";

const items = (count: number) => counted(count, "item", "items");

const them = (count: number) => (count === 1 ? "it" : "them");

/** What an upload there means for others, below the caption of a drop. */
const seenBy: Record<Audience, string> = {
  onlyYou: "Only you will see them",
  everyoneReads: "Everyone will be able to read them",
  everyoneChanges: "Everyone will be able to read, change and delete them",
  sharedReadOnly: "You can read these files but not add to them",
  groupChanges: "Everyone will be able to read them",
  groupOnly: "Your group will see them",
  unknown: "Amphora can't tell who will be able to read them",
};

/** "8 photos and 1 video contain where they were taken" */
function located({ located: photos, locatedVideos: videos, more }: PhotosFound): string {
  if (photos + videos === 0) return "Photos and videos among them may contain where they were taken";
  const parts = [photos > 0 && counted(photos, "photo", "photos"), videos > 0 && counted(videos, "video", "videos")];
  const contain = photos + videos === 1 ? "contains where it was taken" : "contain where they were taken";
  return `${more ? "At least " : ""}${parts.filter(Boolean).join(" and ")} ${contain}`;
}

const consentText: Record<Audience, (count: number) => string> = {
  onlyYou: (count) => `Only you will be able to read ${them(count)}.`,
  everyoneReads: (count) =>
    `Everyone will be able to read ${them(count)}. Only you can change and delete ${them(count)}.`,
  everyoneChanges: (count) => `Everyone will be able to read, change and delete ${them(count)}.`,
  sharedReadOnly: (count) => `Everyone will be able to read ${them(count)}.`,
  groupChanges: (count) =>
    `Everyone will be able to read ${them(count)}; your group can also change and delete ${them(count)}.`,
  groupOnly: (count) => `Everyone in your group will be able to read ${them(count)}.`,
  unknown: (count) => `Amphora can’t tell who will be able to read ${them(count)}.`,
};

export const upload = {
  caption: (count: number | null, path: string) =>
    count === null ? `Upload to ${path}` : `Upload ${items(count)} to ${path}`,
  seenBy,
  readOnly: "You can read these files but not add to them",
  needsAccount: "Sign in to add files here",
  noTarget: "Drop files on a folder or a place",
  consentTitle: (count: number, place: string) => `Upload ${items(count)} to ${place}?`,
  consentText,
  consentConfirm: (place: string) => `Upload to ${place}`,
  consentPrivate: "Upload to Private instead",
  dontAskAgain: "Don’t ask again",
  photos: "Photos",
  located,
  removeLocation: "Remove location from photos and videos",
  photoSize: "Size of photos",
  photoSizes: { original: "Original", large: "4096 pixels", medium: "2048 pixels" },
  photoSizeHelp: "JPEG photos with a longer side are made this small on the way; date and colours stay.",
  skipDuplicates: "Skip photos that are already there under another name",
  locationGoesAlong: "Whoever can see them can find out where that is.",
  choicesStay: "What you choose for photos then counts for every upload. You can change it in the settings.",
  cancel: "Cancel",
  arrived: (count: number, path: string) => `${items(count)} ${count === 1 ? "is" : "are"} in ${path}`,
  conflictTitle: (name: string, place: string) => `“${name}” is already in ${place}`,
  conflictAppeared: "It appeared while yours was being uploaded.",
  conflictNew: "New, on this computer",
  conflictThere: (place: string) => `In ${place} now`,
  keepBoth: "Keep both",
  keepBothName: (name: string) => `Keep both: the new one becomes “${name}”.`,
  replace: "Replace",
  replacePrice: "Replace: the old file is gone for good.",
  replacePublic: "Someone else may have put it there.",
  skip: "Skip",
  forOthers: (count: number) => `Do this for the other ${count.toLocaleString("en-GB")}`,
  decideLater: "Decide later",
  noDate: "No date",
  newer: "newer",
  larger: "larger",
};
