// Words of moving and copying files to another folder or place.
import { counted } from "./listing";

const items = (count: number) => counted(count, "item", "items");

/** What is asked for, as its buttons and sentences say it. */
export type RelocationWords = {
  title: (count: number) => string;
  titleOfOne: (name: string) => string;
  here: string;
  question: (count: number, place: string) => string;
  confirm: (place: string) => string;
  begun: (count: number, place: string) => string;
  /** What a drop would do. */
  caption: (count: number, place: string) => string;
};

const move: RelocationWords = {
  title: (count) => `Move ${items(count)} to…`,
  titleOfOne: (name) => `Move “${name}” to…`,
  here: "Move here",
  question: (count, place) => `Move ${items(count)} to ${place}?`,
  confirm: (place) => `Move to ${place}`,
  begun: (count, place) => `Moving ${items(count)} to ${place}`,
  caption: (count, place) => `Move ${items(count)} to ${place}`,
};

const copy: RelocationWords = {
  title: (count) => `Copy ${items(count)} to…`,
  titleOfOne: (name) => `Copy “${name}” to…`,
  here: "Copy here",
  question: (count, place) => `Copy ${items(count)} to ${place}?`,
  confirm: (place) => `Copy to ${place}`,
  begun: (count, place) => `Copying ${items(count)} to ${place}`,
  caption: (count, place) => `Copy ${items(count)} to ${place}`,
};

export const relocate = {
  move,
  copy,
  places: "Places",
  where: "Where to",
  find: "Find a folder",
  folders: (place: string) => `Folders in ${place}`,
  noFolders: "No folders in here.",
  noMatch: (text: string) => `No folder here has “${text}” in its name.`,
  more: (count: number) =>
    `And ${counted(count, "more folder", "more folders")}. Write a part of its name to find one.`,
  choosePlace: "Choose a place.",
  noTarget: "Drop on another folder or place. Hold Ctrl or Alt to copy.",
  dragged: (count: number) => count.toLocaleString("en-GB"),
  alreadyHere: "It is here already.",
  cancel: "Cancel",
};
