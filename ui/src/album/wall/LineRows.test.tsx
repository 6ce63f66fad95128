// A line is drawn anew only where something of it changed. Its headings: short where sections stand side by side, whole where one has the line to itself.
import { render, screen } from "@testing-library/react";
import { createRef } from "react";
import { expect, it, vi } from "vitest";
import { AlbumWall, type AlbumWallProps } from "./AlbumWall";
import { blocksOf, shaped } from "./blocks";
import { LineRows, type LineRowsProps, type TilesProps } from "./LineRows";
import { days, wallOf } from "./madeUp";
import { heightOf } from "./place";

const frame = { width: 1000, tile: 200 };
const nothing = () => undefined;

const told: TilesProps = {
  rowAt: () => undefined,
  space: { level: "private", owner: null },
  isSelected: () => false,
  selecting: false,
  focus: null,
  onPress: nothing,
  onSelect: nothing,
  onSelectSection: nothing,
  onMenu: nothing,
  folderDropTarget: () => "",
};

function propsOf(shapes: readonly number[], more: Partial<LineRowsProps> = {}): LineRowsProps {
  const [block] = blocksOf(days([3, 1]), frame);
  const [line] = block ? shaped(block, shapes, frame) : [];
  if (!block || !line) throw new Error("one line at least");
  return {
    id: "wall",
    line: { ...line, top: 0 },
    sections: block.sections,
    now: Date.UTC(2027, 5, 1),
    ...told,
    ...more,
  };
}

it("is not drawn anew while nothing of it changes", () => {
  const rowAt = vi.fn();
  const props = propsOf([1, 1, 1, 1], { rowAt });
  const { rerender } = render(<LineRows {...props} />);
  const asked = rowAt.mock.calls.length;
  expect(asked).toBeGreaterThan(0);
  rerender(<LineRows {...props} />);
  expect(rowAt).toHaveBeenCalledTimes(asked);
  rerender(<LineRows {...props} focus={1} />);
  expect(rowAt.mock.calls.length).toBeGreaterThan(asked);
  const arrived = vi.fn();
  rerender(<LineRows {...props} rowAt={arrived} />);
  expect(arrived, "rows came").toHaveBeenCalled();
});

it("is not drawn anew while its wall scrolls", () => {
  const rowAt = vi.fn();
  const sections = days([3, 1]);
  const wall = wallOf(sections, frame, () => true);
  const props: AlbumWallProps = {
    ...told,
    rowAt,
    label: "Album",
    album: { sections, by: "day", facts: new Map(), look: nothing, touched: nothing, failure: null },
    count: 4,
    wall: {
      wall,
      frame,
      height: heightOf(wall),
      viewport: 600,
      scrollTop: 0,
      shown: { first: 0, end: wall.blocks.length },
      onScroll: nothing,
      scrollTo: nothing,
      hold: nothing,
      seen: () => [],
    },
    scroller: createRef(),
    onMove: nothing,
    onEscape: nothing,
    dropTarget: "",
  };
  const { rerender } = render(<AlbumWall {...props} />);
  const asked = rowAt.mock.calls.length;
  expect(asked, "the lines ask for their rows").toBeGreaterThan(0);
  rerender(<AlbumWall {...props} wall={{ ...props.wall, scrollTop: 20 }} />);
  expect(rowAt).toHaveBeenCalledTimes(asked);
  rerender(<AlbumWall {...props} focus={1} />);
  expect(rowAt.mock.calls.length).toBeGreaterThan(asked);
});

it.each([
  { texts: ["Monday, 23 November 2026"], shapes: [3, 3, 3, 1] },
  { texts: ["Mon, 23 Nov 2026", "Sun, 22 Nov 2026"], shapes: [1, 1, 1, 1] },
])("shows $texts above the first line", ({ texts, shapes }) => {
  render(<LineRows {...propsOf(shapes)} />);
  const shown = screen.getAllByRole("rowheader").map((head) => head.querySelector("span")?.textContent);
  expect(shown).toEqual(texts);
});
