// What is picked and what is under way in the in-memory window.
import type { Grant, PlaceRef, TransferRow } from "..";
import { failure } from "./failures";

export const SAMPLE_FOLDER = { name: "Site visits", size: null, folder: true };

export const SAMPLE_FILES: Grant["items"] = [
  { name: "pier at noon.jpg", size: 4_100_000, folder: false },
  { name: "report.pdf", size: 1_900_000, folder: false },
  { name: "notes.txt", size: 2_000, folder: false },
];

/** Eight photos with a location, and a note. */
export function samplePhotos(): Grant["items"] {
  const photos = Array.from({ length: 8 }, (_, at) => ({ name: `quay ${at + 1}.jpg`, size: 4_000_000, folder: false }));
  return [...photos, { name: "quay.txt", size: 2_000, folder: false }];
}

export function sampleTransfers(
  queue: (kind: TransferRow["kind"], name: string, size: number, place: PlaceRef) => TransferRow,
): void {
  const mine = { space: { level: "private" as const, owner: null }, folder: "Field work/2026/" };
  const root = { ...mine, folder: "" };
  Object.assign(
    queue("upload", "walkthrough 2.mov", 212_000_000, { ...mine, folder: "Field work/2026/Site visits/" }),
    {
      state: "running",
      sent: 131_000_000,
      speed: 8_100_000,
      secondsLeft: 10,
    },
  );
  Object.assign(queue("upload", "raw-scans 2.zip", 1_200_000_000, root), { state: "running", sent: 900_000_000 });
  Object.assign(queue("upload", "panorama 2.png", 18_400_000, root), { state: "checking", sent: 18_400_000 });
  Object.assign(queue("download", "Site visits", 64_000_000, root), { state: "running", sent: 26_000_000 });
  queue("upload", "memo-015.m4a", 3_100_000, root);
  Object.assign(queue("upload", "crane 2.heic", 2_800_000, root), {
    state: "failed",
    failure: failure(
      "localFile",
      "Couldn't upload `crane 2.heic`: the file is no longer where it was.",
      "Put it back and try again, or choose it anew.",
      { kind: "now" },
    ),
  });
  queue("upload", "report.pdf", 1_900_000, { space: { level: "public", owner: null }, folder: "" });
  for (let index = 1; index <= 12; index++) {
    Object.assign(queue("upload", `photo ${index}.jpg`, 4_000_000, root), { state: "done", sent: 4_000_000 });
  }
}
