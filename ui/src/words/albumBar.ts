// Words of the bar above an album: its filter, and adding pictures and texts.
import type { Media, PatternKind } from "../host";

const kinds: Record<Exclude<Media, "folder">, string> = {
  image: "Pictures",
  video: "Videos",
  text: "Texts",
  audio: "Sound",
  pdf: "PDF",
  archive: "Archives",
  other: "Other files",
};

const how: Record<PatternKind, string> = { text: "Text", glob: "Pattern", regex: "Regular expression" };

const howHelp: Record<PatternKind, string> = {
  text: "A part of the name",
  glob: "The whole name, with * and ?: *.{jpg,png}",
  regex: "Found anywhere in the name: ^IMG_\\d+",
};

export const albumBar = {
  bar: "Album tools",
  filter: "Filter",
  filterOn: "Filter (on)",
  filterTitle: "What this album shows",
  name: "Name",
  howLabel: "How the name is read",
  how,
  howHelp,
  kinds: "Kinds",
  kindOf: kinds,
  taken: "Taken",
  added: "Added",
  from: "From",
  until: "To",
  dateExample: "2026-11-24",
  dateHelp: "A year, a month or a day. Only pictures say when taken.",
  noDate: "This is no date.",
  everything: "Show everything",
  summary: {
    takenFrom: (date: string) => `taken from ${date}`,
    takenUntil: (date: string) => `taken to ${date}`,
    from: (date: string) => `added from ${date}`,
    until: (date: string) => `added to ${date}`,
  },
  noMatch: (folder: string) => `Nothing in ${folder} passes this album’s filter.`,
  datesToCome: "Pictures whose dates Amphora does not know yet follow as it reads them.",
  add: { pictures: "Add pictures", texts: "Add texts" },
  addTitle: {
    pictures: (place: string) => `Add pictures to ${place}`,
    texts: (place: string) => `Add texts to ${place}`,
  },
  names: "Names",
  close: "Close",
};
