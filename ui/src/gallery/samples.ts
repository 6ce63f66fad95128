// What the gallery's components show and pick.
import type { Host, PickedFile } from "../host";
import type { FakeHost } from "../host/fake";
import { failure } from "../host/fake/failures";

export const FOLDER = "Field work/2026/";
export const QUAY = `${FOLDER}Site visits/quay.jpg`;
export const NOTES = `${FOLDER}inspection-notes.md`;

const waves = (sky: string, sea: string) =>
  `<svg xmlns='http://www.w3.org/2000/svg' width='240' height='150'><rect width='240' height='150' fill='${sky}'/><path d='M0 90q60-40 120 0t120 0v60H0z' fill='${sea}'/></svg>`;

const DAY = waves("#a9c3cf", "#417487");
export const WAVES = `data:image/svg+xml,${encodeURIComponent(DAY)}`;
export const NO_PICTURE = "data:image/png;base64,AAAA";

const file = (name: string, type: string, content: string): PickedFile => {
  const bytes = new Blob([content], { type });
  return { grant: name, name, size: bytes.size, type, blob: async () => bytes };
};

export const DAY_PHOTO = file("waves by day.svg", "image/svg+xml", DAY);
export const NIGHT_PHOTO = file("waves by night.svg", "image/svg+xml", waves("#2a3450", "#141c2e"));
export const NOTE = file("tide.txt", "text/plain", "High water at 09:14.\nThe ladder is slippery.");

export const LOCKED_PHOTO: PickedFile = {
  ...DAY_PHOTO,
  blob: () =>
    Promise.reject(
      failure("localFile", `Couldn't read “${DAY_PHOTO.name}”.`, "It may have been moved, deleted or locked."),
    ),
};

/** A host whose dialog gives these files. */
export const picks =
  (...files: PickedFile[]) =>
  (): Partial<Host> => ({ pick: async () => files });

/** A host whose dialog gives a photo that is not stored then. */
export const storesNothing = (): Partial<Host> => ({
  ...picks(DAY_PHOTO)(),
  putFile: () =>
    Promise.reject(
      failure("accessDenied", "You're not allowed to upload to this folder.", "Ask the people who run this storage."),
    ),
});

/** A host that gives nothing under any address. */
export const givesNothing = (): Partial<Host> => ({ fileUrl: () => "data:nothing" });

/** A host that is asked for a list and has no answer yet. */
export const neverLists = ({ commands }: FakeHost): Partial<Host> => ({
  commands: { ...commands, openPrefix: () => new Promise(() => undefined) },
});
