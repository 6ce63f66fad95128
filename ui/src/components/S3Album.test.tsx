// S3Album as its users know it, by the numbers of the original's conformance cases.
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import type { SpaceRef } from "../host";
import { createFakeHost } from "../host/fake";
import { storeFile } from "../host/fake/world";
import { accessibilityViolations } from "../test/axe";
import { boxOf, mine, names, NOW, show, tile } from "../test/box";
import { renderWithHost } from "../test/render";
import { type AlbumItem, S3Album, type S3AlbumProps, StorageDefaults } from ".";

describe("S3Album", () => {
  it("case 47: lists what begins with the path at every depth, newest first, and passes the accessibility checker", async () => {
    const { container, unmount } = show(boxOf("a.png", "n.txt", "photos/in.png"));
    await tile("a.png");
    expect(names()).toEqual(["a.png", "n.txt", "in.png"]);
    expect(await accessibilityViolations(container)).toEqual([]);
    unmount();
    const byPart = show(boxOf("photo.png", "photos/in.png", "other.png"), { path: "box/photo" });
    await tile("in.png");
    expect(names(), "a path is no folder").toEqual(["photo.png", "in.png"]);
    byPart.unmount();
  });

  it("case 49: lists all of the level without a path", async () => {
    const host = boxOf("a.png");
    storeFile(host.world, mine, { key: "b.png", size: 1, modified: NOW, etag: "b" });
    renderWithHost(<S3Album level="private" />, { host });
    await tile("a.png");
    await tile("b.png");
  });

  it("case 51: lists what another person protected", async () => {
    const host = createFakeHost();
    const opened = vi.spyOn(host.commands, "openPrefix");
    renderWithHost(<S3Album level="protected" identityId="us-east-1:other" path="photos/" />, { host });
    await waitFor(() => expect(opened).toHaveBeenCalled());
    const [space, prefix] = opened.mock.calls[0] ?? [];
    expect([space, prefix]).toEqual([{ level: "protected", owner: "us-east-1:other" }, "photos/"]);
  });

  it("case 99: draws texts as texts and pictures as pictures", async () => {
    show(boxOf("n.txt", "j.JSON", "a.png"));
    for (const name of ["n.txt", "j.JSON"]) {
      const text = await tile(name);
      await waitFor(() => expect(text.querySelector("pre")?.textContent).toContain("Quay wall"));
      expect(text.querySelector("img")).toBeNull();
    }
    expect((await tile("a.png")).querySelector("img")).toBeTruthy();
  });

  it("case 100: draws scripts and Markdown as texts, everything else by its kind, and a folder is no item", async () => {
    show(boxOf("d.pdf", "s.sh", "m.md", "noext", "z.zip", "photos/"));
    for (const name of ["s.sh", "m.md"]) {
      const text = await tile(name);
      await waitFor(() => expect(text.querySelector("pre")?.textContent).toContain("Quay wall"));
    }
    for (const [name, kind] of [
      ["d.pdf", "PDF"],
      ["noext", "File"],
      ["z.zip", "Zip archive"],
    ] as const) {
      const generic = await tile(name);
      expect(generic.textContent, `${name} says what it is`).toContain(kind);
      expect(generic.querySelector("pre"), `${name} is no text`).toBeNull();
    }
    expect(document.querySelector("img"), "none of them is a picture").toBeNull();
    expect(names()).toEqual(["d.pdf", "s.sh", "m.md", "noext", "z.zip"]);
  });

  it("is told what items are by contentType: one for all, or by item", async () => {
    const view = show(boxOf("noext", "a.png"), { contentType: "image/png" });
    expect((await tile("noext")).querySelector("img")).toBeTruthy();
    view.unmount();
    const byName = ({ name }: AlbumItem) => (name === "noext" ? "text/plain" : undefined);
    show(boxOf("noext", "a.png"), { contentType: byName });
    const text = await tile("noext");
    await waitFor(() => expect(text.querySelector("pre")).toBeTruthy());
    expect((await tile("a.png")).querySelector("img")).toBeTruthy();
  });

  it("case 104: filters by a function of the array, and by the documentation's of an item", async () => {
    const all = vi.fn((items: AlbumItem[]) => items.filter(({ key }) => key.includes("a")));
    const view = show(boxOf("a.jpg", "b.png", "c.JPG"), { filter: all });
    await tile("a.jpg");
    expect(names()).toEqual(["a.jpg"]);
    expect(all.mock.calls[0]?.[0]).toBeInstanceOf(Array);
    view.unmount();
    const byItem = show(boxOf("a.jpg", "b.png", "c.JPG"), { filter: (item) => /jpg/i.test(item.path) });
    await tile("c.JPG");
    expect(names()).toEqual(["a.jpg", "c.JPG"]);
    byItem.unmount();
    show(boxOf("a.jpg", "b.png"), { filter: (item) => item.path.endsWith("png") });
    await tile("b.png");
    expect(names(), "one that can't be asked of an array is asked of items").toEqual(["b.png"]);
  });

  it("sorts by a field or a function", async () => {
    const view = show(boxOf("b.png", "c.png", "a.png"), { sort: "key desc" });
    await tile("a.png");
    expect(names()).toEqual(["c.png", "b.png", "a.png"]);
    view.unmount();
    show(boxOf("b.png", "c.png", "a.png"), { sort: (items) => items.toReversed() });
    await tile("a.png");
    expect(names()).toEqual(["a.png", "c.png", "b.png"]);
  });

  it("case 105: tells onSelect the item and all that are selected; another ts empties the selection", async () => {
    const told: [string | null, string[]][] = [];
    const host = boxOf("m.png", "j.png");
    const { user } = renderWithHost(
      <Refreshing
        level="private"
        path="box/"
        select
        onSelect={(item, items) => told.push([item?.name ?? null, items.map(({ name }) => name)])}
      />,
      { host },
    );
    for (const name of ["m.png", "j.png", "m.png"]) fireEvent.click(await tile(name));
    const refreshed = vi.spyOn(host.commands, "refreshListing");
    await user.click(screen.getByRole("button", { name: "refresh" }));
    await waitFor(() => expect(told).toHaveLength(4));
    expect(told).toEqual([
      ["m.png", ["m.png"]],
      ["j.png", ["m.png", "j.png"]],
      ["m.png", ["j.png"]],
      [null, []],
    ]);
    expect(refreshed).toHaveBeenCalledOnce();
    expect(screen.queryAllByRole("gridcell", { selected: true })).toEqual([]);
  });

  it("tells onClickItem of every press, before onSelect and without select; selected is told the address", async () => {
    const order: string[] = [];
    const view = show(boxOf("a.png", "b.png"), {
      select: true,
      onClickItem: ({ key }) => order.push(`click ${key}`),
      onSelect: (item) => order.push(`select ${item?.key}`),
    });
    fireEvent.click(await tile("a.png"));
    fireEvent.click(await tile("b.png"), { ctrlKey: true });
    fireEvent.click(await tile("a.png"));
    expect(order).toEqual(["a", "b", "a"].flatMap((name) => [`click box/${name}.png`, `select box/${name}.png`]));
    view.unmount();
    const [onClickItem, selected] = [vi.fn(), vi.fn()];
    show(boxOf("a.png", "n.txt"), { onClickItem, selected });
    fireEvent.click(await tile("a.png"));
    fireEvent.click(await tile("n.txt"));
    expect(onClickItem.mock.calls.map(([{ name }]) => name)).toEqual(["a.png", "n.txt"]);
    expect(selected).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^data:image/));
    expect(screen.queryAllByRole("gridcell", { selected: true })).toEqual([]);
  });

  it("case 106: another level is another list", async () => {
    const host = boxOf("mine.png");
    storeFile(host.world, { level: "public", owner: null }, { key: "box/open.png", size: 1, modified: NOW, etag: "o" });
    const { user } = renderWithHost(<Refreshing level="private" path="box/" />, { host });
    await tile("mine.png");
    await user.click(screen.getByRole("button", { name: "public" }));
    await tile("open.png");
    expect(names()).toEqual(["open.png"]);
  });

  it("case 97: another person is another list, and their items are read as theirs", async () => {
    const host = createFakeHost();
    const theirs: SpaceRef = { level: "protected", owner: "us-east-1:other" };
    for (const [space, key] of [
      [{ level: "protected", owner: null }, "box/mine.png"],
      [theirs, "box/theirs.png"],
    ] as const) {
      storeFile(host.world, space, { key, size: 1, modified: NOW, etag: key });
    }
    const fileUrl = vi.spyOn(host, "fileUrl");
    const { user } = renderWithHost(<Refreshing level="protected" path="box/" />, { host });
    await tile("mine.png");
    await user.click(screen.getByRole("button", { name: "theirs" }));
    await tile("theirs.png");
    expect(names()).toEqual(["theirs.png"]);
    expect(fileUrl.mock.lastCall?.slice(1, 3)).toEqual([theirs, "box/theirs.png"]);
  });

  it("says that it is being read, and that there is nothing to show, also where its filter leaves nothing", async () => {
    const host = boxOf("a.png");
    const { openPrefix } = host.commands;
    let answer = () => undefined as void;
    const mayAnswer = new Promise<void>((resolve) => {
      answer = resolve;
    });
    host.commands.openPrefix = async (...told) => {
      await mayAnswer;
      return openPrefix(...told);
    };
    const { container, unmount } = show(host, { path: "box/none/" });
    const loading = await screen.findByRole("status", { name: "Reading the album" });
    expect(loading.getAttribute("aria-busy")).toBe("true");
    expect(await accessibilityViolations(container)).toEqual([]);
    answer();
    await screen.findByText("Nothing to show");
    expect(screen.queryByRole("status")).toBeNull();
    expect(await accessibilityViolations(container)).toEqual([]);
    unmount();
    show(host, { filter: () => false });
    await screen.findByText("Nothing to show");
  });

  it("case 107: says why it can't be listed, and tells onError", async () => {
    const onError = vi.fn();
    renderWithHost(<S3Album onError={onError} />, { scenario: "error" });
    await screen.findByText("You're not allowed to open this folder.");
    await waitFor(() => expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: "accessDenied" }));
  });

  it("case 109: passes track to its list and to the gets of its items", async () => {
    const host = boxOf("a.png", "n.txt");
    show(host, { track: true });
    await tile("a.png");
    await waitFor(() => expect(host.world.tracked.some((note) => note.startsWith("list "))).toBe(true));
    expect(new Set(host.world.tracked.filter((note) => note.startsWith("get ")))).toEqual(
      new Set(["get box/a.png", "get box/n.txt"]),
    );
    const quiet = boxOf("a.png");
    show(quiet);
    await waitFor(() => expect(screen.getAllByRole("gridcell").length).toBeGreaterThan(2));
    expect(quiet.world.tracked).toEqual([]);
  });

  it("case 110: takes the configured level where none is given", async () => {
    const host = boxOf("a.png");
    renderWithHost(
      <StorageDefaults level="private">
        <S3Album path="box/" />
      </StorageDefaults>,
      { host },
    );
    await tile("a.png");
  });

  it("has styles by part, of which those of the album's items go over those of pictures and texts", async () => {
    const { container } = show(boxOf("a.png", "n.txt"), {
      picker: true,
      theme: {
        album: { margin: 1 },
        picker: { margin: 2 },
        photo: { margin: 3, padding: 4 },
        albumPhoto: { margin: 5 },
        text: { margin: 6, padding: 7 },
        albumText: { margin: 8 },
      },
    });
    const photo = (await tile("a.png")).querySelector("img")?.style;
    expect([photo?.margin, photo?.padding]).toEqual(["5px", "4px"]);
    const text = await tile("n.txt");
    await waitFor(() => expect(text.querySelector("pre")).toBeTruthy());
    const written = text.querySelector("pre")?.style;
    expect([written?.margin, written?.padding]).toEqual(["8px", "7px"]);
    expect(screen.getByRole("button", { name: "Pick" }).parentElement?.style.margin).toBe("2px");
    expect((container.firstElementChild as HTMLElement).style.margin).toBe("1px");
  });

  it("shows what translateItem makes of its items", async () => {
    show(boxOf("a.png", "n.txt"), {
      translateItem: ({ type, key }) => (type === "image" ? `data:,${key}` : `said ${key}`),
    });
    expect((await tile("a.png")).querySelector("img")?.getAttribute("src")).toBe("data:,box/a.png");
    await screen.findByText("said box/n.txt");
  });
});

/** An album whose `ts`, level and person change by buttons. */
function Refreshing(props: S3AlbumProps) {
  const [ts, setTs] = useState(1);
  const [level, setLevel] = useState(props.level);
  const [identityId, setIdentityId] = useState(props.identityId);
  return (
    <>
      <button type="button" onClick={() => setTs(ts + 1)}>
        refresh
      </button>
      <button type="button" onClick={() => setLevel("public")}>
        public
      </button>
      <button type="button" onClick={() => setIdentityId("us-east-1:other")}>
        theirs
      </button>
      <S3Album {...props} level={level} identityId={identityId} ts={ts} />
    </>
  );
}
