// S3Text as its users know it, by the numbers of the original's conformance cases.
import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { fileInput, pick } from "../test/pick";
import { renderWithHost } from "../test/render";
import { S3Text, type S3TextProps, StorageDefaults } from ".";

/** What was read: whose, which, in which version. */
const asked = (host: ReturnType<typeof createFakeHost>) => {
  const fileUrl = vi.spyOn(host, "fileUrl");
  return () =>
    fileUrl.mock.calls.map(([, { level, owner }, key, { version }]) => [level, owner, key, version].join(" "));
};

describe("S3Text", () => {
  it("reads textKey, tells onLoad and shows it", async () => {
    const [onLoad, loaded] = [vi.fn(), vi.fn()];
    renderWithHost(<S3Text textKey="Read me first.txt" onLoad={onLoad} loaded={loaded} className="mine" />);
    expect((await screen.findByText(/Quay wall/)).className).toContain("mine");
    expect(onLoad).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/Quay wall/));
    expect(loaded).toHaveBeenCalledOnce();
  });

  it("reads path as a key where it stands alone, in its version, of the given level and person", async () => {
    const host = createFakeHost();
    const fileUrl = vi.spyOn(host, "fileUrl");
    renderWithHost(<S3Text path="notes/a.txt" level="protected" identityId="us-east-1:other" version="e1" />, { host });
    await screen.findByText(/Quay wall/);
    expect(fileUrl).toHaveBeenCalledExactlyOnceWith(
      "text",
      { level: "protected", owner: "us-east-1:other" },
      "notes/a.txt",
      { version: "e1", again: 0, track: false },
    );
  });

  it("takes the configured level where none is given, and draws nothing without a key", async () => {
    const host = createFakeHost();
    const addresses = asked(host);
    renderWithHost(
      <StorageDefaults level="private">
        <S3Text textKey="a.txt" />
        <S3Text />
      </StorageDefaults>,
      { host },
    );
    await screen.findByText(/Quay wall/);
    expect(addresses()).toEqual(["private  a.txt "]);
    expect(document.querySelectorAll("pre")).toHaveLength(1);
  });

  it("case 97: reads anew when identityId changes, as with key, level and version", async () => {
    const host = createFakeHost();
    const addresses = asked(host);
    const { user } = renderWithHost(<Changing />, { host });
    for (const [before, next] of ["theirs", "other key", "private", "changed"].entries()) {
      await waitFor(() => expect(addresses()).toHaveLength(before + 1));
      await user.click(screen.getByRole("button", { name: next }));
    }
    await waitFor(() => expect(addresses()).toHaveLength(5));
    expect(addresses()).toEqual([
      "protected  a.txt ",
      "protected us-east-1:other a.txt ",
      "protected us-east-1:other b.txt ",
      "private us-east-1:other b.txt ",
      "private us-east-1:other b.txt e2",
    ]);
  });

  it("case 94: stores body as text/* under the key, then reads that key; contentType says otherwise", async () => {
    const host = createFakeHost();
    const put = vi.spyOn(host, "putBody");
    const [uploaded, onUploadSuccess] = [vi.fn(), vi.fn()];
    const told = { level: "private", text: "wait", uploaded, onUploadSuccess } as const;
    const { unmount } = renderWithHost(<S3Text textKey="hello.txt" body="hello" {...told} />, { host });
    await screen.findByText("wait");
    await screen.findByText("hello");
    expect(uploaded).toHaveBeenCalledExactlyOnceWith({ key: "hello.txt" });
    expect(onUploadSuccess).toHaveBeenCalledExactlyOnceWith();
    expect(put.mock.calls.map(([, to]) => to)).toEqual([
      {
        space: { level: "private", owner: null },
        key: "hello.txt",
        contentType: "text/*",
        consent: "ask",
        replace: true,
        photos: null,
        ownKey: true,
      },
    ]);
    unmount();
    renderWithHost(<S3Text textKey="page.txt" body="page" contentType="text/html" {...told} />, { host });
    await screen.findByText("page");
    expect(host.world.types.get("private/me/page.txt")).toBe("text/html");
  });

  it("case 93: tells onError why body or a picked file was not stored", async () => {
    const refused = { code: "diskFull", message: "No room.", hint: "", retry: { kind: "never" }, detail: "" };
    const refuse = vi.fn().mockRejectedValue(refused);
    const host = { ...createFakeHost(), putBody: refuse, putFile: refuse };
    const [onError, onLoad] = [vi.fn(), vi.fn()];
    const told = { level: "private", onError, onLoad } as const;
    const { unmount } = renderWithHost(<S3Text textKey="a.txt" body="x" {...told} />, { host });
    await waitFor(() => expect(onError).toHaveBeenCalledExactlyOnceWith(refused));
    unmount();
    renderWithHost(<S3Text picker path="notes/" {...told} />, { host });
    await screen.findByRole("button", { name: "Pick" });
    pick(new File(["x"], "a.txt"));
    await waitFor(() => expect(onError).toHaveBeenCalledTimes(2));
    expect(onError).toHaveBeenLastCalledWith(refused);
    expect(onLoad).not.toHaveBeenCalled();
  });

  it("case 98: tells onError when it can't be read, and draws nothing", async () => {
    const refused = { code: "accessDenied", message: "no", hint: "", retry: { kind: "never" }, detail: "" };
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(refused, { status: 403 }));
    const onError = vi.fn();
    renderWithHost(<S3Text textKey="a.txt" onError={onError} />);
    await waitFor(() => expect(onError).toHaveBeenCalledExactlyOnceWith(refused));
    expect(document.querySelector("pre")).toBeNull();
  });

  it("is hidden, selected, styled, translated, pressed and tracked", async () => {
    const host = createFakeHost();
    const onClick = vi.fn();
    const { user } = renderWithHost(
      <>
        <S3Text textKey="a.txt" hidden track translate="hidden one" />
        <S3Text
          textKey="b.txt"
          selected
          onClick={onClick}
          theme={{ text: { margin: 1, padding: 2 } }}
          style={{ margin: 3 }}
          translate={({ type, key, content }) => `${type} ${key} ${content.length > 0}`}
        />
      </>,
      { host },
    );
    expect((await screen.findByText("hidden one")).style.display).toBe("none");
    const shown = await screen.findByText("text b.txt true");
    expect([shown.style.margin, shown.style.padding]).toEqual(["3px", "2px"]);
    expect(shown.className).toContain("selected");
    await user.click(shown);
    expect(onClick).toHaveBeenCalledOnce();
    expect(new Set(host.world.tracked)).toEqual(new Set(["get a.txt"]));
  });

  it("tells onLoad once of each text, whatever functions it is given when it is drawn again", async () => {
    const told: string[] = [];
    const { user } = renderWithHost(<Again told={told} />);
    await waitFor(() => expect(told).toEqual(["a.txt 0"]));
    await user.click(screen.getByRole("button", { name: "draw again" }));
    await user.click(screen.getByRole("button", { name: "other key" }));
    await waitFor(() => expect(told).toEqual(["a.txt 0", "b.txt 1"]));
  });

  it("is no button while it is hidden", async () => {
    renderWithHost(<S3Text textKey="a.txt" hidden translate="hidden one" onClick={() => undefined} />);
    await screen.findByText("hidden one");
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("with a picker stores the picked text and shows it", async () => {
    const host = createFakeHost();
    const uploaded = vi.fn();
    renderWithHost(<S3Text picker path="notes/" level="private" uploaded={uploaded} />, { host });
    await screen.findByRole("button", { name: "Pick" });
    expect(fileInput().accept).toBe("text/*");
    pick(new File(["picked words"], "my note.txt", { type: "text/plain" }));
    await screen.findByText("picked words");
    expect(uploaded).toHaveBeenCalledExactlyOnceWith({ key: "notes/my_note.txt" });
    expect(host.world.types.get("private/me/notes/my_note.txt")).toBe("text/plain");
  });

  it("with a picker names the file by fileToKey, types it by contentType where it has none, and tells who asks", async () => {
    const host = createFakeHost();
    const [onPick, picked, onUploadSuccess] = [vi.fn(), vi.fn(), vi.fn()];
    const told = { onPick, picked, onUploadSuccess, contentType: "text/x-log" };
    renderWithHost(<S3Text picker path="notes/" level="private" fileToKey={({ name }) => `of ${name}`} {...told} />, {
      host,
    });
    await screen.findByRole("button", { name: "Pick" });
    const file = new File(["picked words"], "run.out");
    pick(file);
    await screen.findByText("picked words");
    expect(onPick).toHaveBeenCalledExactlyOnceWith({ file, name: "run.out", size: 12, type: "" });
    expect(picked).toHaveBeenCalledExactlyOnceWith(file);
    expect(onUploadSuccess).toHaveBeenCalledExactlyOnceWith();
    expect(host.world.types.get("private/me/notes/of_run.out")).toBe("text/x-log");
  });
});

/** One text whose props change by buttons. */
function Changing() {
  const [props, setProps] = useState<S3TextProps>({ level: "protected", textKey: "a.txt" });
  const change = (name: string, next: S3TextProps) => (
    <button type="button" onClick={() => setProps({ ...props, ...next })}>
      {name}
    </button>
  );
  return (
    <>
      {change("theirs", { identityId: "us-east-1:other" })}
      {change("other key", { textKey: "b.txt" })}
      {change("private", { level: "private" })}
      {change("changed", { version: "e2" })}
      <S3Text {...props} />
    </>
  );
}

/** One text whose `onLoad` is another function each time. */
function Again({ told }: { told: string[] }) {
  const [drawn, setDrawn] = useState(0);
  const [textKey, setKey] = useState("a.txt");
  return (
    <>
      <button type="button" onClick={() => setDrawn(drawn + 1)}>
        draw again
      </button>
      <button type="button" onClick={() => setKey("b.txt")}>
        other key
      </button>
      <S3Text textKey={textKey} onLoad={() => told.push(`${textKey} ${drawn}`)} />
    </>
  );
}
