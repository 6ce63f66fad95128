// All rows of a listing that is still arriving: read a few times, not with each page, and none twice.
import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { HostProvider, type Row } from "../host";
import { createFakeHost } from "../host/fake";
import { useAllRows } from "./useAllRows";
import type { ListingState } from "./useListing";

const PAGE = 1_000;
const PAGES = 60;

it("reads what is arriving whenever it is twice as long, and once it is complete", async () => {
  const host = createFakeHost();
  let pages = 1;
  // The newest first: each page pushes on what was there.
  const rows = vi.spyOn(host.commands, "rows").mockImplementation(async (_, start, end) => {
    const count = pages * PAGE;
    const last = Math.min(end, count);
    return Array.from({ length: last - start }, (__, at) => ({ id: count - start - at }) as Row);
  });
  const listing = (complete: boolean): ListingState => ({
    id: 1,
    query: {
      place: { space: { level: "private", owner: null }, folder: "" },
      sort: { by: "modified", descending: true },
      filter: { text: "", media: "all" },
    },
    revision: pages,
    count: pages * PAGE,
    complete,
    updatedAt: null,
    failure: null,
    refresh: () => {},
    moved: () => {},
  });
  const { result, rerender } = renderHook(useAllRows, {
    initialProps: listing(false),
    wrapper: ({ children }) => <HostProvider value={host}>{children}</HostProvider>,
  });
  await waitFor(() => expect(result.current.rows.length, "the first page shows at once").toBe(PAGE));
  for (; pages < PAGES; pages++) {
    rerender(listing(false));
    // oxlint-disable-next-line no-await-in-loop -- page by page, each while the one before is read
    await act(async () => void (await Promise.resolve()));
    const ids = result.current.rows.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
  expect(result.current.rows.length, "more and more is shown before all of it is here").toBeGreaterThan(8 * PAGE);
  rerender(listing(true));
  await waitFor(() => expect(result.current.rows[0]?.id).toBe(PAGES * PAGE));
  await waitFor(() => expect(result.current.rows).toHaveLength(20_000));
  const begun = rows.mock.calls.filter(([, start]) => start === 0).length;
  expect(begun).toBeLessThanOrEqual(2 + Math.ceil(Math.log2(PAGES)));
});
