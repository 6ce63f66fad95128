// Lays blocks out once all of their rows and shapes are here; until then they are squares, so nothing moves picture by picture.
import { useCallback, useLayoutEffect, useState } from "react";
import type { RowsByIndex } from "../../folder";
import type { Facts } from "../useAlbumSections";
import { type Block, shaped } from "./blocks";
import { shapeOf } from "./justify";
import { movedBy, type WallLine } from "./lines";
import type { Frame } from "./share";
import type { WallState } from "./useWall";

/** Lines of a block, and of which shapes they were made. */
type Laid = { frame: Frame; of: string; lines: readonly WallLine[]; start: number };

export type LaidBlocks = ReadonlyMap<string, Laid>;

export function useLaidBlocks(): [LaidBlocks, (fresh: LaidBlocks) => void] {
  const [laid, setLaid] = useState<LaidBlocks>(new Map());
  const add = useCallback((fresh: LaidBlocks) => setLaid((now) => new Map([...now, ...fresh])), []);
  return [laid, add];
}

type Options = {
  wall: WallState;
  laid: LaidBlocks;
  add: (fresh: LaidBlocks) => void;
  rowAt: RowsByIndex;
  facts: Facts;
};

export function useLaying({ wall: { wall, frame, shown }, laid, add, rowAt, facts }: Options): void {
  const { first, end } = shown;
  useLayoutEffect(() => {
    const fresh = new Map<string, Laid>();
    for (const block of wall.blocks.slice(first, end)) {
      const known = shapesOf(block, rowAt, facts);
      const before = laid.get(block.id);
      if (!known || (before?.frame === frame && before.of === known.of)) continue;
      fresh.set(block.id, { frame, of: known.of, lines: shaped(block, known.shapes, frame), start: block.start });
    }
    if (fresh.size > 0) add(fresh);
  }, [wall, first, end, rowAt, facts, frame, laid, add]);
}

/** The lines that a block was laid out in, if it was, in this frame. */
export function linesIn(laid: LaidBlocks, block: Block, frame: Frame): readonly WallLine[] | null {
  const found = laid.get(block.id);
  if (!found || found.frame !== frame) return null;
  const moved = block.start - found.start;
  // The same tiles further down, since something new stands above them.
  return moved === 0 ? found.lines : found.lines.map((line) => movedBy(line, moved));
}

/** The shapes of a block's tiles; null while a row or a picture's facts are still to come. Folders keep theirs. */
function shapesOf(block: Block, rowAt: RowsByIndex, facts: Facts): { shapes: number[]; of: string } | null {
  if (block.sections[0].id === "folders") return null;
  const shapes: number[] = [];
  for (let index = block.start; index < block.end; index++) {
    const row = rowAt(index);
    if (!row) return null;
    const known = facts.get(row.id);
    if (row.media === "image" && !known) return null;
    shapes.push(known?.size ? shapeOf(known.size.width, known.size.height) : 1);
  }
  return { shapes, of: shapes.map((shape) => shape.toFixed(3)).join() };
}
