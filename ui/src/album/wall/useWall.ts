// The wall's scroll position and layout. Whatever changes above, the tile under the upper edge stays where it is.
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { AlbumSection } from "../../host";
import { blocksOf, estimatedHeight, heightOfLines } from "./blocks";
import type { WallLine } from "./lines";
import { type LaidBlocks, linesIn } from "./useLaying";
import { createRough } from "./rough";
import type { Frame } from "./share";
import { type Anchor, anchorAt, anchorsIn, blocksIn, heightOf, scrollTopFor, topsOf, type Wall } from "./place";

/** Drawn above and below what is seen, in parts of the viewport. */
const BEYOND = 0.6;
/** Tiles that are asked where they went. */
const SAMPLE = 24;
/** Before the first layout, and where there is none (tests). */
const USUAL = { width: 960, height: 640 };
/** Beside the tiles; on the right the scrubber follows. */
export const SIDES = { left: 24, right: 8 };

export type WallState = {
  wall: Wall;
  frame: Frame;
  /** Of the whole wall. */
  height: number;
  viewport: number;
  scrollTop: number;
  /** Blocks to draw: the first, and behind the last. */
  shown: { first: number; end: number };
  onScroll: () => void;
  scrollTo: (top: number) => void;
  /** The next change of sections keeps this tile where it is; null keeps the scroll position. */
  hold: (anchor: Anchor | null) => void;
  /** Tiles that are seen now, some of them. */
  seen: () => Anchor[];
};

type Options = {
  scroller: RefObject<HTMLDivElement | null>;
  sections: readonly AlbumSection[];
  /** Height of a tile that is wanted. */
  tile: number;
  laid: LaidBlocks;
};

export function useWall({ scroller, sections, tile, laid }: Options): WallState {
  const [size, setSize] = useState(USUAL);
  const [scrollTop, setScrollTop] = useState(0);
  const frame = useMemo<Frame>(
    () => ({ width: Math.max(80, size.width - SIDES.left - SIDES.right), tile }),
    [size.width, tile],
  );
  const blocks = useMemo(() => blocksOf(sections, frame), [sections, frame]);

  // Counted once: whatever is laid out or told anew, most blocks of a long wall stay as they are.
  const [roughFor] = useState(createRough);
  const rough = useMemo(() => roughFor(blocks, frame), [roughFor, blocks, frame]);
  const roughHeights = useMemo(
    () => blocks.map((block) => estimatedHeight(block, frame, rough)),
    [blocks, frame, rough],
  );

  const wall = useMemo<Wall>(() => {
    const linesOf = (at: number): readonly WallLine[] => {
      const block = blocks[at];
      return block ? (linesIn(laid, block, frame) ?? rough(block)) : [];
    };
    const heights = blocks.map((block, at) => {
      const lines = linesIn(laid, block, frame);
      return lines ? heightOfLines(block, lines) : (roughHeights[at] ?? 0);
    });
    return { blocks, tops: topsOf(heights), linesOf };
  }, [blocks, laid, frame, rough, roughHeights]);

  const height = heightOf(wall);
  const beyond = size.height * BEYOND;
  const { first, end } = blocksIn(wall, scrollTop - beyond, scrollTop + size.height + beyond);
  const shown = useMemo(() => ({ first, end }), [first, end]);

  // What the eye rests on stays: measured before anything changed, put back before it is painted.
  const held = useRef<Anchor | null>(null);
  const drawn = useRef(wall);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (drawn.current !== wall) {
      drawn.current = wall;
      const to = held.current && scrollTopFor(wall, held.current);
      // At the very top the newest comes in above, and is seen.
      if (to !== null && element.scrollTop > 0 && Math.abs(to - element.scrollTop) >= 1) {
        setScrollTop(scrolled(element, to));
      }
    }
    held.current = anchorAt(wall, element.scrollTop);
  }, [scroller, wall, scrollTop]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () =>
      setSize({ width: element.clientWidth || USUAL.width, height: element.clientHeight || USUAL.height });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  const onScroll = useCallback(() => setScrollTop(scroller.current?.scrollTop ?? 0), [scroller]);
  const scrollTo = useCallback(
    (top: number) => {
      if (!scroller.current) return;
      setScrollTop(scrolled(scroller.current, top));
    },
    [scroller],
  );
  const hold = useCallback((anchor: Anchor | null) => {
    held.current = anchor;
  }, []);
  const seen = useCallback(
    () => anchorsIn(wall, scroller.current?.scrollTop ?? 0, size.height, SAMPLE),
    [wall, scroller, size.height],
  );
  return { wall, frame, height, viewport: size.height, scrollTop, shown, onScroll, scrollTo, hold, seen };
}

/** Scrolls at once, and tells where that led: not beyond the ends. */
function scrolled(element: HTMLElement, top: number): number {
  element.scrollTop = top;
  return element.scrollTop;
}
