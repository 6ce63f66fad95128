// The in-memory backend keeps the promises that the window relies on.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Filter, PlaceRef, Sort } from "..";
import { createFakeHost } from ".";

const open: PlaceRef = { space: { level: "public", owner: null }, folder: "" };
const mine: PlaceRef = { space: { level: "private", owner: null }, folder: "" };
const byName: Sort = { by: "name", descending: false };
const all: Filter = { text: "", media: "all" };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("albums", () => {
  const taken: Sort = { by: "taken", descending: true };
  const quay: PlaceRef = { space: { level: "protected", owner: null }, folder: "Summer 2026/" };

  it("stand by the date of storing until pictures were looked at, and move only when asked for sections", async () => {
    const { commands, listen } = createFakeHost();
    const { id, count } = await commands.openListing(quay, taken, all);
    const first = await commands.albumSections(id, "day");
    expect(first.unseen).toBe(11);
    expect(first.sections.reduce((sum, section) => sum + section.count, 0)).toBe(count);
    const learned = vi.fn();
    listen("picturesLearned", learned);
    expect(await commands.pictureFacts(id, 0, count)).toEqual([]);
    const before = await commands.rows(id, 0, count);
    await vi.runAllTimersAsync();
    expect(learned).toHaveBeenCalledWith(expect.objectContaining({ listing: id, orderChanged: true }));
    expect(await commands.rows(id, 0, count)).toEqual(before);
    const then = await commands.albumSections(id, "month");
    expect(then).toMatchObject({ unseen: 0, revision: first.revision + 1, count });
    const ids = then.sections.map((section) => section.id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids.at(-1)).toBe("none");
    expect(await commands.pictureFacts(id, 0, count)).toHaveLength(11);
  });
});

describe("listings", () => {
  it("hand out only the asked rows of a hundred thousand", async () => {
    const { commands } = createFakeHost({ scenario: "big" });
    const listing = await commands.openListing(open, byName, all);
    expect(listing.count).toBe(100_000);
    expect((await commands.rows(listing.id, 50_000, 50_003)).map((row) => row.name)).toEqual([
      "photo 050001.jpg",
      "photo 050002.txt",
      "photo 050003.pdf",
    ]);
  });

  it("keep the ids of rows when files come and go", async () => {
    const { commands } = createFakeHost();
    const { id } = await commands.openListing(mine, byName, all);
    const before = await commands.rows(id, 0, 99);
    await commands.newFolder(mine, "AAA");
    const after = await commands.rows(id, 0, 99);
    expect(after[0]?.name).toBe("AAA");
    expect(after.slice(1).map((row) => row.id)).toEqual(before.map((row) => row.id));
  });

  it("find names without regard to case and accents", async () => {
    const { commands } = createFakeHost();
    const { id } = await commands.openListing(mine, byName, { text: "B+U", media: "all" });
    expect((await commands.rows(id, 0, 9)).map((row) => row.name)).toEqual(["a b+ü.txt"]);
  });

  it("refuse Private to a guest", async () => {
    const { commands } = createFakeHost({ scenario: "guest" });
    const listing = await commands.openListing(mine, byName, all);
    expect([listing.count, listing.failure?.code]).toEqual([0, "needsAccount"]);
  });
});

describe("uploads", () => {
  it("ask before they show files to everyone, and take no longer than their size", async () => {
    const { commands } = createFakeHost({ speed: 10_000_000 });
    const grant = await commands.chooseUpload("files");
    if (!grant) throw new Error("the fake dialog always chooses");
    expect(await commands.upload(grant.id, open, "ask", null)).toMatchObject({ kind: "needsConsent", count: 3 });
    await commands.upload(grant.id, open, "once", null);
    expect(await commands.transferSummary()).toMatchObject({ needsYou: 1, waiting: 2 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await commands.transferSummary()).toMatchObject({ needsYou: 1, waiting: 0, done: 2 });
  });

  it("ask about photos with a location until the person says not to, and never for Private", async () => {
    const { commands } = createFakeHost({ scenario: "photos" });
    const pick = async () => (await commands.chooseUpload("files"))?.id ?? "";
    const found = { photos: 8, located: 8, locatedVideos: 0, more: false };
    const choices = { removeLocation: true, size: "original", skipDuplicates: false } as const;
    expect(await commands.upload(await pick(), mine, "ask", null)).toMatchObject({ kind: "queued" });
    const grant = await pick();
    expect(await commands.upload(grant, open, "ask", null)).toMatchObject({ kind: "needsChoices", found, choices });
    expect(await commands.upload(grant, open, "once", null)).toMatchObject({ kind: "needsChoices", audience: null });
    expect(await commands.upload(grant, open, "always", choices)).toMatchObject({ kind: "queued" });
    expect(await commands.upload(await pick(), open, "ask", null)).toMatchObject({ kind: "queued" });
  });

  it("never replace a file that is there without an answer", async () => {
    const { commands, world } = createFakeHost({ scenario: "conflict", speed: 1e9 });
    const sizeThere = () => world.filesOf(open.space).find((file) => file.key === "report.pdf")?.size;
    const before = sizeThere();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sizeThere()).toBe(before);
    const [row] = await commands.transferRows("needsYou", 0, 1);
    await commands.answerConflict(row?.id ?? 0, "keepBoth", false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sizeThere(), "both are kept").toBe(before);
    expect(world.filesOf(open.space).map((file) => file.key)).toContain("report (2).pdf");
  });

  it("use a grant once", async () => {
    const { commands } = createFakeHost();
    const grant = await commands.chooseUpload("files");
    await commands.upload(grant?.id ?? "", mine, "ask", null);
    await expect(commands.upload(grant?.id ?? "", mine, "ask", null)).rejects.toMatchObject({ code: "grantUsed" });
  });
});
