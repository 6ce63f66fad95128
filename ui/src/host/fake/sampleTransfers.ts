// What is picked and what is under way in the in-memory window.
import type { Grant, NamedFailure, PlaceRef, TransferRow } from "..";
import { failure } from "./failures";

export const SAMPLE_FOLDER = { name: "Site visits", size: null, folder: true };

export const SAMPLE_FILES: Grant["items"] = [
  { name: "pier at noon.jpg", size: 4_100_000, folder: false },
  { name: "report.pdf", size: 1_900_000, folder: false },
  { name: "notes.txt", size: 2_000, folder: false },
];

/** Under a lock that was put on them elsewhere. */
const LOCKED = ["plan 1962.tif", "plan 1963.tif", "survey/section A.tif"];

function lockedFile(name: string): NamedFailure {
  const message = `You're not allowed to delete “${name.slice(name.lastIndexOf("/") + 1)}”.`;
  const failed = failure("accessDenied", message, "Ask the people who run this storage.");
  return { name: `Field work/2026/Old scans/${name}`, failure: failed };
}

/** A folder's deletion that came to its end without them. */
function partlyDeleted(): Partial<TransferRow> {
  const [first] = LOCKED.map(lockedFile);
  return {
    wholeFolder: true,
    state: "failed",
    size: null,
    found: 1_207,
    items: { done: 1_204, failed: LOCKED.length },
    failure: first && {
      ...first.failure,
      message: `${LOCKED.length} in “Old scans” couldn't be deleted. The first: ${first.failure.message}`,
      retry: { kind: "now" },
    },
  };
}

/** Eight photos with a location, and a note. */
export function samplePhotos(): Grant["items"] {
  const photos = Array.from({ length: 8 }, (_, at) => ({ name: `quay ${at + 1}.jpg`, size: 4_000_000, folder: false }));
  return [...photos, { name: "quay.txt", size: 2_000, folder: false }];
}

export function sampleTransfers(
  queue: (kind: TransferRow["kind"], name: string, size: number, place: PlaceRef) => TransferRow,
  reports: Map<number, NamedFailure[]>,
): void {
  const mine = { space: { level: "private" as const, owner: null }, folder: "Field work/2026/" };
  const root = { ...mine, folder: "" };
  Object.assign(
    queue("upload", "walkthrough 2.mov", 212_000_000, { ...mine, folder: "Field work/2026/Site visits/" }),
    {
      state: "running",
      sent: 131_000_000,
      onTheWay: 16_000_000,
      speed: 8_100_000,
      secondsLeft: 10,
    },
  );
  Object.assign(queue("upload", "raw-scans 2.zip", 1_200_000_000, root), {
    state: "running",
    sent: 900_000_000,
    onTheWay: 64_000_000,
  });
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
  const deletion = Object.assign(queue("delete", "Old scans", 0, mine), partlyDeleted());
  reports.set(deletion.id, LOCKED.map(lockedFile));
  queue("upload", "report.pdf", 1_900_000, { space: { level: "public", owner: null }, folder: "" });
  for (let index = 1; index <= 12; index++) {
    Object.assign(queue("upload", `photo ${index}.jpg`, 4_000_000, root), { state: "done", sent: 4_000_000 });
  }
}
