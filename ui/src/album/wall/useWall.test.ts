// How often the wall of a long album is laid out: once for what it is made of.
import { renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { days } from "./madeUp";
import { blocksIn, heightOf } from "./place";
import { stopsOf } from "./scrub";
import * as share from "./share";
import { useWall } from "./useWall";

vi.mock("./share", { spy: true });

it("lays days that share lines out once, stops included, and again only those that a new answer tells anew", () => {
  const laidOut = vi.mocked(share.sharedLines);
  const counts = Array.from({ length: 20_000 }, (_, at) => 1 + (at % 2));
  const newest = Date.UTC(2070, 0, 1);
  const props = { sections: days(counts, 1, newest), tile: 200, laid: new Map(), scroller: { current: null } };
  const { result, rerender } = renderHook(useWall, { initialProps: props });
  const stops = () => stopsOf(result.current.wall, heightOf(result.current.wall) - 700);
  const months = stops().length;
  const { blocks } = result.current.wall;
  const shared = blocks.filter(({ sections }) => sections.length > 1).length;
  expect(blocks.length).toBeLessThan(500);
  expect(laidOut).toHaveBeenCalledTimes(shared);
  const { first, end } = blocksIn(result.current.wall, 200_000, 200_700);
  expect(end - first, "blocks on screen").toBeLessThan(4);

  laidOut.mockClear();
  rerender({ ...props, sections: days([1, ...counts], 1, newest + 86_400_000) });
  expect(stops().length - months).toBeLessThan(2);
  expect(laidOut.mock.calls.length, "the new day, and those that it stands with").toBeLessThan(3);

  laidOut.mockClear();
  const sections = days([1, ...counts], 1, newest + 86_400_000);
  const [wider] = sections.slice(10_000);
  if (wider) wider.widths += 1;
  rerender({ ...props, sections });
  expect(stops().length - months).toBeLessThan(2);
  expect(laidOut, "a picture of one day turned out wider").toHaveBeenCalledTimes(1);
});
