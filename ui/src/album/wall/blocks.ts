// Cuts sections of any size into blocks that are laid out one by one, and tells where each stands. Pure: 100,000 pictures are a
// few hundred numbers; what a block that nobody looked at is high is told by its widths.
import type { AlbumSection } from "../../host";
import { type Line, justified, type Wanted } from "./justify";

/** CSS pixels between tiles, sideways and downwards. */
export const GAP = 6;
export const HEADING = 52;
export const FIRST_HEADING = 44;
/** A cover, and the name below it. */
export const FOLDER_HEIGHT = 168;
const FOLDER_WIDTH = 190;
/** Below the last line of a section. */
const AFTER = 6;
/** Tiles of a block, about: what is laid out, and asked for, at once. */
const ABOUT = 160;

export type Frame = {
  /** Of the lines. */
  width: number;
  /** Of a tile, as nearly as it can be. */
  tile: number;
};

export type Block = {
  /** The same for the same tiles, whatever is added elsewhere. */
  id: string;
  section: AlbumSection;
  /** Index in the listing of the first tile, and behind the last one. */
  start: number;
  end: number;
  /** It begins its section, so a heading stands above it. */
  heading: number;
  /** It ends its section. */
  last: boolean;
};

export function blocksOf(sections: readonly AlbumSection[], frame: Frame): Block[] {
  const blocks: Block[] = [];
  for (const section of sections) {
    // Whole lines of squares, so that a block of squares ends with a full line.
    const columns = columnsIn(section, frame);
    const size = Math.max(1, Math.floor(ABOUT / columns)) * columns;
    const behind = section.start + section.count;
    for (let start = section.start; start < behind; start += size) {
      const end = Math.min(behind, start + size);
      const isFirst = start === section.start && section.id !== "all";
      blocks.push({
        id: `${section.id}/${section.count}/${start - section.start}`,
        section,
        start,
        end,
        heading: isFirst ? (blocks.length === 0 ? FIRST_HEADING : HEADING) : 0,
        last: end === behind,
      });
    }
  }
  return blocks;
}

/** Lines of squares, for a block of which nothing is known yet; low and wide for folders. */
export function squares(block: Block, frame: Frame): Line[] {
  const columns = columnsIn(block.section, frame);
  const tile = (frame.width - GAP * (columns - 1)) / columns;
  const height = Math.round(block.section.id === "folders" ? FOLDER_HEIGHT : tile);
  const lines: Line[] = [];
  for (let start = block.start; start < block.end; start += columns) {
    const end = Math.min(block.end, start + columns);
    lines.push({ start, end, height, widths: Array.from({ length: end - start }, () => tile) });
  }
  return lines;
}

/** Lines of tiles whose shapes are known. */
export function shaped(block: Block, shapes: readonly number[], frame: Frame): Line[] {
  const wanted: Wanted = { width: frame.width, height: frame.tile, gap: GAP, ragged: block.last };
  return justified(shapes, block.start, wanted);
}

/** What a block is high, its heading and the gap below it included. */
export function heightOfLines(block: Block, lines: readonly Line[]): number {
  return block.heading + lines.reduce((sum, { height }) => sum + height + GAP, 0) + (block.last ? AFTER - GAP : 0);
}

/** The same of a block that was not laid out: exact for squares, near for shapes that Rust knows and we do not. */
export function estimatedHeight(block: Block, frame: Frame): number {
  const { section } = block;
  if (section.id === "folders" || section.widths === section.count * 100) {
    return heightOfLines(block, squares(block, frame));
  }
  const tiles = block.end - block.start;
  const across = (section.widths / section.count / 100) * frame.tile + GAP;
  const lines = Math.max(1, Math.round((tiles * across) / frame.width + (block.last ? 0.5 : 0)));
  return block.heading + lines * (frame.tile + GAP) + (block.last ? AFTER - GAP : 0);
}

function columnsIn(section: AlbumSection, { width, tile }: Frame): number {
  const about = section.id === "folders" ? FOLDER_WIDTH : tile;
  return Math.max(1, Math.round((width + GAP) / (about + GAP)));
}
