// Words of ui/src/album: days and what is in them.
import { counted } from "./listing";

export const album = {
  grid: (folder: string) => `Album of ${folder}`,
  folders: "Folders",
  noDate: "No date",
  photos: (count: number) => counted(count, "photo", "photos"),
  videos: (count: number) => counted(count, "video", "videos"),
  notes: (count: number) => counted(count, "note", "notes"),
  files: (count: number) => counted(count, "other file", "other files"),
  folderCount: (count: number) => counted(count, "folder", "folders"),
  empty: "No pictures in this folder yet.",
  uploadPictures: "Upload pictures",
  showAsList: "Show as list",
  select: (name: string) => `Select ${name}`,
  unselect: (name: string) => `Don’t select ${name}`,
  selectDay: (day: string) => `Select everything of ${day}`,
  unselectDay: (day: string) => `Select nothing of ${day}`,
  tile: (name: string, date: string) => (date === "" ? name : `${name}, ${date}`),
};
