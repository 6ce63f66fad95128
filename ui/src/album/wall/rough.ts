// Lines of blocks that nobody looked at, laid out once: what a new answer of sections leaves as it was is not laid out again.
import { type Block, roughLines } from "./blocks";
import { movedBy, type WallLine } from "./lines";
import type { Frame } from "./share";

export type RoughOf = (block: Block) => readonly WallLine[];

/** The lines of a block, and what they were made of. */
type Rough = { of: string; start: number; lines: readonly WallLine[] };

/** Answers the lines of a wall's blocks, and remembers them until the wall after the next one. */
export function createRough(): (blocks: readonly Block[], frame: Frame) => RoughOf {
  let [here, before] = [new Map<string, Rough>(), new Map<string, Rough>()];
  let wall: { blocks: readonly Block[]; frame: Frame } | null = null;
  return (blocks, frame) => {
    if (wall?.blocks !== blocks || wall.frame !== frame) {
      [here, before] = [new Map(), wall?.frame === frame ? here : new Map()];
      wall = { blocks, frame };
    }
    const [now, last] = [here, before];
    return (block) => {
      const of = madeOf(block);
      const known = now.get(block.id) ?? last.get(block.id);
      const rough = known?.of === of ? known : { of, start: block.start, lines: roughLines(block, frame) };
      const moved = block.start - rough.start;
      // The same tiles further down, since something new stands above them.
      const lines = moved === 0 ? rough.lines : rough.lines.map((line) => movedBy(line, moved));
      if (now.get(block.id)?.lines !== lines) now.set(block.id, { of, start: block.start, lines });
      return lines;
    };
  };
}

function madeOf({ sections, heading }: Block): string {
  return `${heading} ${sections.map(({ widths }) => widths).join()}`;
}
