// What the in-memory backend knows of pictures, and its listings as sections of an album.
import type { AlbumBy, AlbumSection, Commands, PictureFacts, Row, Sort } from "..";
import { type Listings, ordered } from "./listing";
import { shapeOf } from "./pictures";
import type { World } from "./world";

type AlbumCommands = Pick<
  Commands,
  "leavePictures" | "orderPictures" | "pictureFacts" | "pictureShot" | "albumSections"
>;

const DAY = 86_400_000;
/** The camera's pixels for one of the stand-in's. */
const SCALE = 8;

export function albumCommands(world: World, listings: Listings): AlbumCommands {
  return {
    leavePictures: async () => null,
    orderPictures: async () => null,
    pictureShot: async () => ({
      camera: "FUJIFILM X100V",
      lens: "23mmF2 II",
      exposure: "1/250",
      aperture: "2.8",
      sensitivity: 200,
      focalLength: "23",
      place: "47.3750° N, 8.3750° E",
    }),
    pictureFacts: async (id, start, end) => {
      const pictures = listings
        .get(id)
        .rows.slice(start, end)
        .filter((row) => row.media === "image");
      const unseen = pictures.filter((row) => !world.seen.has(row.etag));
      if (unseen.length > 0) {
        setTimeout(() => {
          for (const row of unseen) world.seen.add(row.etag);
          const orderChanged = listings.isOpen(id) && listings.get(id).sort.by === "taken";
          if (listings.isOpen(id)) {
            world.emit("picturesLearned", { listing: id, facts: unseen.map(factsOf), orderChanged });
          }
        }, world.options.latency);
      }
      return pictures.filter((row) => !unseen.includes(row)).map(factsOf);
    },
    albumSections: async (id, by) => {
      const listing = listings.get(id);
      const rows = ordered(listing.rows, listing.sort, world.seen);
      if (rows.some((row, index) => row !== listing.rows[index])) {
        listing.rows = rows;
        listing.revision += 1;
      }
      const { revision } = listing;
      const unseen = rows.filter((row) => row.media === "image" && !world.seen.has(row.etag)).length;
      return { revision, count: rows.length, unseen, sections: sectionsOf(rows, listing.sort, by, world.seen) };
    },
  };
}

/** A picture's facts follow from its name: every third has no date, every fourth tells its place. */
export function factsOf(row: Row): PictureFacts {
  const seed = parseInt(row.etag.slice(0, 6), 16);
  const [width, height] = shapeOf(row.key);
  const taken = seed % 3 === 0 ? null : (row.modified ?? 0) - (seed % 30) * DAY;
  return {
    id: row.id,
    size: { width: width * SCALE, height: height * SCALE },
    taken,
    utcOffset: taken === null ? null : 120,
    hasLocation: seed % 4 === 0,
    firstLook: seed % 2 === 0 ? 160 : 1600,
  };
}

/** The row's date on the wall, in milliseconds as if the wall hung in Greenwich; none where it has none. */
export function dateOf(row: Row, sort: Sort, seen: ReadonlySet<string>): number | null {
  if (sort.by === "taken" && row.media === "image" && seen.has(row.etag)) return factsOf(row).taken;
  if (row.modified === null) return null;
  return row.modified - new Date(row.modified).getTimezoneOffset() * 60_000;
}

function sectionsOf(rows: readonly Row[], sort: Sort, by: AlbumBy, seen: ReadonlySet<string>): AlbumSection[] {
  const sections: AlbumSection[] = [];
  for (const [start, row] of rows.entries()) {
    const id = sectionOf(row, sort, by, seen);
    let section = sections.at(-1);
    if (section?.id !== id) {
      section = { id, start, count: 0, pictures: 0, videos: 0, texts: 0, widths: 0 };
      sections.push(section);
    }
    const size = row.media === "image" && seen.has(row.etag) ? factsOf(row).size : null;
    section.count += 1;
    section.pictures += Number(row.media === "image");
    section.videos += Number(row.media === "video");
    section.texts += Number(row.media === "text");
    section.widths += size === null ? 100 : Math.floor((size.width * 100) / size.height);
  }
  return sections;
}

function sectionOf(row: Row, sort: Sort, by: AlbumBy, seen: ReadonlySet<string>): string {
  if (row.kind === "folder") return "folders";
  if (sort.by !== "taken" && sort.by !== "modified") return "all";
  const date = dateOf(row, sort, seen);
  if (date === null) return "none";
  return new Date(date).toISOString().slice(0, { day: 10, month: 7, year: 4 }[by]);
}
