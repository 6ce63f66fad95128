// What a file is called by its ending: "JPEG image", "Markdown", "MOV file". Pure.
import type { Media } from "../host";
import { words } from "../words";

const { kindsByEnding, kindsByMedia, endingFile } = words.listing;

/** Longer endings say nothing: "final version of the report.thanks to all". */
const LONGEST_ENDING = 5;

export function kindOf(name: string, media: Media): string {
  if (media === "folder") return kindsByMedia.folder;
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
  if (Object.hasOwn(kindsByEnding, ending)) return kindsByEnding[ending] ?? kindsByMedia[media];
  if (media === "other" && /^[a-z0-9]+$/.test(ending) && ending.length <= LONGEST_ENDING) return endingFile(ending);
  return kindsByMedia[media];
}
