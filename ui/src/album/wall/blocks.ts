// Cuts sections of any size into blocks that are laid out one by one, and tells where each stands. Pure: 100,000 pictures are a
// few hundred numbers; what a block that nobody looked at is high is told by its widths.
import { albumSpacing } from "../../components";
import type { AlbumSection } from "../../host";
import { justified, type Line, type Wanted } from "./justify";
import { GAP, plain, type WallLine } from "./lines";
import { FIRST_SMALL_HEADING, type Frame, runsOf, sharedLines, SMALL_HEADING } from "./share";

const { heading: HEADING, firstHeading: FIRST_HEADING, after: AFTER } = albumSpacing;
/** A cover, and the name below it. */
export const FOLDER_HEIGHT = 168;
const FOLDER_WIDTH = 190;
/** Tiles of a block, about: what is laid out, and asked for, at once. */
const ABOUT = 160;

export type Block = {
  /** The same for the same tiles, whatever is added elsewhere. */
  id: string;
  /** One, or several that share lines. */
  sections: readonly [AlbumSection, ...AlbumSection[]];
  /** Index in the listing of the first tile, and behind the last one. */
  start: number;
  end: number;
  /** Above its first line: of a section that begins in it. */
  heading: number;
  /** It ends its section. */
  last: boolean;
};

export function blocksOf(sections: readonly AlbumSection[], frame: Frame): Block[] {
  const blocks: Block[] = [];
  for (const [section, ...others] of runsOf(sections, frame, ABOUT)) {
    if (!section) continue;
    if (others.length > 0) blocks.push(blockOfMany([section, ...others], blocks.length === 0));
    else blocks.push(...blocksOfOne(section, frame, blocks.length === 0));
  }
  return blocks;
}

function blockOfMany(sections: [AlbumSection, ...AlbumSection[]], isFirst: boolean): Block {
  const [{ start }] = sections;
  const end = sections.reduce((behind, { count }) => behind + count, start);
  const id = sections.map((section) => `${section.id}/${section.count}`).join();
  return { id, sections, start, end, heading: isFirst ? FIRST_SMALL_HEADING : SMALL_HEADING, last: true };
}

function blocksOfOne(section: AlbumSection, frame: Frame, isTop: boolean): Block[] {
  const blocks: Block[] = [];
  // Whole lines of squares, so that a block of squares ends with a full line.
  const columns = columnsIn(section, frame);
  const size = Math.max(1, Math.floor(ABOUT / columns)) * columns;
  const behind = section.start + section.count;
  for (let start = section.start; start < behind; start += size) {
    const end = Math.min(behind, start + size);
    const isFirst = start === section.start && section.id !== "all";
    blocks.push({
      id: `${section.id}/${section.count}/${start - section.start}`,
      sections: [section],
      start,
      end,
      heading: isFirst ? (isTop ? FIRST_HEADING : HEADING) : 0,
      last: end === behind,
    });
  }
  return blocks;
}

/** Lines for a block of which nothing is known yet: squares, low and wide for folders; as Rust knows them where sections share lines. */
export function roughLines(block: Block, frame: Frame): WallLine[] {
  const [section, ...others] = block.sections;
  if (others.length > 0) {
    const shapes = block.sections.flatMap(({ count, widths }) =>
      Array.from({ length: count }, () => widths / count / 100),
    );
    return shared(block, shapes, frame);
  }
  const columns = columnsIn(section, frame);
  const tile = (frame.width - GAP * (columns - 1)) / columns;
  const height = Math.round(section.id === "folders" ? FOLDER_HEIGHT : tile);
  const lines: WallLine[] = [];
  for (let start = block.start; start < block.end; start += columns) {
    const end = Math.min(block.end, start + columns);
    const line = { start, end, height, widths: Array.from({ length: end - start }, () => tile) };
    lines.push(start === block.start ? headed(block, line, frame) : plain(line, 0, []));
  }
  return lines;
}

/** Lines of tiles whose shapes are known. */
export function shaped(block: Block, shapes: readonly number[], frame: Frame): WallLine[] {
  if (block.sections.length > 1) return shared(block, shapes, frame);
  const wanted: Wanted = { width: frame.width, height: frame.tile, gap: GAP, ragged: block.last };
  const [first, ...others] = justified(shapes, block.start, wanted);
  return first ? [headed(block, first, frame), ...others.map((line) => plain(line, 0, []))] : [];
}

function shared(block: Block, shapes: readonly number[], frame: Frame): WallLine[] {
  const above = { first: block.heading, others: SMALL_HEADING };
  return sharedLines(block.sections, shapes, block.start, { frame, above });
}

function headed({ heading }: Block, line: Line, { width }: Frame): WallLine {
  return plain(line, heading, heading > 0 ? [{ at: 0, start: line.start, left: 0, width }] : []);
}

/** What a block is high, its headings and the gap below it included. */
export function heightOfLines(block: Block, lines: readonly WallLine[]): number {
  return lines.reduce((sum, { above, height }) => sum + above + height + GAP, 0) + (block.last ? AFTER - GAP : 0);
}

/** The same of a block that was not laid out: exact for squares and shared lines, near for shapes that Rust knows and we do not. */
export function estimatedHeight(
  block: Block,
  frame: Frame,
  rough: (block: Block) => readonly WallLine[] = (one) => roughLines(one, frame),
): number {
  const [section, ...others] = block.sections;
  if (others.length > 0 || section.id === "folders" || section.widths === section.count * 100) {
    return heightOfLines(block, rough(block));
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
