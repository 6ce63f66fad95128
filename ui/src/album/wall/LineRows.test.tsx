// The headings of a line: short where sections stand side by side, whole where one has the line to itself.
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { blocksOf, shaped } from "./blocks";
import { LineRows, type LineRowsProps } from "./LineRows";
import { days } from "./madeUp";

const frame = { width: 1000, tile: 200 };
const nothing = () => undefined;

it.each([
  { texts: ["Monday, 23 November 2026"], shapes: [3, 3, 3, 1] },
  { texts: ["Mon, 23 Nov 2026", "Sun, 22 Nov 2026"], shapes: [1, 1, 1, 1] },
])("shows $texts above the first line", ({ texts, shapes }) => {
  const [block] = blocksOf(days([3, 1]), frame);
  const [line] = block ? shaped(block, shapes, frame) : [];
  if (!block || !line) throw new Error("one block");
  const props = {
    id: "wall",
    line: { ...line, top: 0 },
    sections: block.sections,
    now: Date.UTC(2027, 5, 1),
    rowAt: nothing,
    space: { level: "private", owner: null },
    isSelected: () => false,
    selecting: false,
    focus: null,
    onSelectSection: nothing,
  };
  render(<LineRows {...(props as unknown as LineRowsProps)} />);
  const shown = screen.getAllByRole("rowheader").map((head) => head.querySelector("span")?.textContent);
  expect(shown).toEqual(texts);
});
