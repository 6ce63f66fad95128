// A line is drawn anew only where something of it changed. Its headings: short where sections stand side by side, whole where one has the line to itself.
import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { blocksOf, shaped } from "./blocks";
import { LineRows, type LineRowsProps } from "./LineRows";
import { days } from "./madeUp";

const frame = { width: 1000, tile: 200 };
const nothing = () => undefined;

function propsOf(shapes: readonly number[], more: Partial<LineRowsProps> = {}): LineRowsProps {
  const [block] = blocksOf(days([3, 1]), frame);
  const [line] = block ? shaped(block, shapes, frame) : [];
  if (!block || !line) throw new Error("one line at least");
  return {
    id: "wall",
    line: { ...line, top: 0 },
    sections: block.sections,
    now: Date.UTC(2027, 5, 1),
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

it.each([
  { texts: ["Monday, 23 November 2026"], shapes: [3, 3, 3, 1] },
  { texts: ["Mon, 23 Nov 2026", "Sun, 22 Nov 2026"], shapes: [1, 1, 1, 1] },
])("shows $texts above the first line", ({ texts, shapes }) => {
  render(<LineRows {...propsOf(shapes)} />);
  const shown = screen.getAllByRole("rowheader").map((head) => head.querySelector("span")?.textContent);
  expect(shown).toEqual(texts);
});
