// Sample files of the in-memory storage: the ones in the pictures of the design, and a folder of any size.
import type { Media } from "..";

export type FakeFile = { key: string; size: number; modified: number; etag: string };

const DAY = 86_400_000;
const KB = 1_000;
const MB = 1_000_000;

/** Files by space, e.g. "private/me"; `now` in milliseconds since 1970. */
export function sampleFiles(now: number, big: boolean): Map<string, FakeFile[]> {
  return new Map([
    ["private/me", privateFiles(now)],
    ["protected/me", protectedFiles(now)],
    ["public/me", big ? manyFiles(now, 100_000) : publicFiles(now)],
  ]);
}

export function mediaOf(name: string): Media {
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  if (["jpg", "jpeg", "png", "webp", "gif", "heic"].includes(extension)) return "image";
  if (["txt", "md", "csv", "json", "xml", "html", "css", "js", "yml", "log", "sh"].includes(extension)) return "text";
  if (["mov", "mp4"].includes(extension)) return "video";
  if (["m4a", "mp3"].includes(extension)) return "audio";
  if (extension === "pdf") return "pdf";
  if (extension === "zip") return "archive";
  return "other";
}

export function etagOf(key: string, size: number): string {
  let hash = 2_166_136_261;
  for (const char of `${key}\n${size}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619);
  return (hash >>> 0).toString(16).padStart(8, "0").repeat(4);
}

function file(key: string, size: number, modified: number): FakeFile {
  return { key, size, modified, etag: etagOf(key, size) };
}

function privateFiles(now: number): FakeFile[] {
  const folder = "Field work/2026/";
  return [
    file("Field work/2025/survey.csv", 12 * KB, now - 320 * DAY),
    file(`${folder}2025/notes.txt`, 2 * KB, now - 316 * DAY),
    file(`${folder}Site visits/quay.jpg`, 3.1 * MB, now - 0.7 * DAY),
    file(`${folder}Site visits/marker 14.jpg`, 2.7 * MB, now - 0.7 * DAY),
    file(`${folder}harbour_at_dawn.jpg`, 4.2 * MB, now - 0.05 * DAY),
    file(`${folder}harbour_at_dawn-2.jpg`, 4.0 * MB, now - 0.05 * DAY),
    file(`${folder}crane.heic`, 2.8 * MB, now - 0.06 * DAY),
    file(`${folder}inspection-notes.md`, 6 * KB, now - 0.08 * DAY),
    file(`${folder}walkthrough.mov`, 212 * MB, now - 0.9 * DAY),
    file(`${folder}measurements.csv`, 48 * KB, now - 0.9 * DAY),
    file(
      `${folder}a very long name that somebody gave to a report about the north quay wall, really final (3).pdf`,
      1.9 * MB,
      now - 2 * DAY,
    ),
    file(`${folder}panorama.png`, 18.4 * MB, now - 2.1 * DAY),
    file(`${folder}raw-scans.zip`, 1_200 * MB, now - 11 * DAY),
    file(`${folder}memo-014.m4a`, 3.1 * MB, now - 12 * DAY),
    file(`${folder}survey.json`, 22 * KB, now - 12 * DAY),
    file(`${folder}team.jpg`, 3.6 * MB, now - 14 * DAY),
    file("Welcome.md", 1 * KB, now - 1 * DAY),
    file("harbour.jpg", 2.2 * MB, now - 1 * DAY),
    file("a b+ü.txt", 120, now - 3 * DAY),
  ];
}

function protectedFiles(now: number): FakeFile[] {
  const names = ["dawn", "quay", "gulls", "crane", "ropes", "tide", "lamp", "net", "boat", "pier", "fog"];
  return [
    ...names.map((name, index) => file(`Summer 2026/${name}.jpg`, (2 + index / 3) * MB, now - index * 0.6 * DAY)),
    file("Summer 2026/inspection-notes.md", 4 * KB, now - 0.2 * DAY),
  ];
}

function publicFiles(now: number): FakeFile[] {
  return [
    file("report.pdf", 1.4 * MB, now - 5 * DAY),
    file("team.jpg", 3.6 * MB, now - 9 * DAY),
    file("Read me first.txt", 800, now - 30 * DAY),
    file("Posters/open day.png", 6.4 * MB, now - 40 * DAY),
  ];
}

function manyFiles(now: number, count: number): FakeFile[] {
  return Array.from({ length: count }, (_, index) => {
    const extension = ["jpg", "txt", "pdf", "png"][index % 4] ?? "jpg";
    const size = 10 * KB + ((index * 7_919) % 5_000) * KB;
    return file(`photo ${String(index + 1).padStart(6, "0")}.${extension}`, size, now - index * 60_000);
  });
}
