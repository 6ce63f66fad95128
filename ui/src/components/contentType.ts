// What an album's item is, by its content type: the original's list of endings, and the ones that it lacked. Pure. Of raw files
// tests/fixtures/raw-types.json holds the host's list equal.
import type { Media } from "../host";

/** By the ending of the name, lower case (Amplify UI: S3Album); behind the blank line what the original took for pictures. */
const TYPES: Record<string, string> = {
  txt: "text/plain",
  html: "text/html",
  js: "text/javascript",
  css: "text/css",
  csv: "text/csv",
  yml: "text/yaml",
  yaml: "text/yaml",
  ics: "text/calendar",
  ical: "text/calendar",
  png: "image/png",
  gif: "image/gif",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  bmp: "image/bmp",
  ico: "image/x-icon",
  tif: "image/tiff",
  tiff: "image/tiff",
  svg: "image/svg+xml",
  json: "application/json",
  xml: "application/xml",
  sh: "application/x-sh",
  zip: "application/zip",
  rar: "application/x-rar-compressed",
  tar: "application/x-tar",
  bz: "application/x-bzip",
  bz2: "application/x-bzip2",
  pdf: "application/pdf",
  jar: "application/java-archive",
  doc: "application/msword",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.ms-excel",
  eml: "message/rfc822",

  md: "text/markdown",
  log: "text/plain",
  webp: "image/webp",
  avif: "image/avif",
  heic: "image/heic",
  arw: "image/x-sony-arw",
  cr2: "image/x-canon-cr2",
  cr3: "image/x-canon-cr3",
  dng: "image/x-adobe-dng",
  nef: "image/x-nikon-nef",
  nrw: "image/x-nikon-nrw",
  orf: "image/x-olympus-orf",
  pef: "image/x-pentax-pef",
  raf: "image/x-fuji-raf",
  rw2: "image/x-panasonic-rw2",
  rwl: "image/x-panasonic-rw2",
  srw: "image/x-samsung-srw",
  mp4: "video/mp4",
  mov: "video/quicktime",
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
};

/** What a name says; empty where it says nothing. */
export function contentTypeOf(name: string): string {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return Object.hasOwn(TYPES, ending) && name.includes(".") ? (TYPES[ending] ?? "") : "";
}

const TEXTS = new Set(["application/json", "application/xml", "application/sh", "application/x-sh"]);

/** How an item of this type is drawn. */
export function mediaOfType(type: string): Media {
  const [kind] = type.split("/");
  if (kind === "text" || TEXTS.has(type)) return "text";
  if (kind === "image" || kind === "video" || kind === "audio") return kind;
  return type === "application/pdf" ? "pdf" : "other";
}
