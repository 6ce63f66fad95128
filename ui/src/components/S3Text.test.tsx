// S3Text as its users know it, by the numbers of the original's conformance cases.
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { pick } from "../test/pick";
import { renderWithHost } from "../test/render";
import { S3Text } from ".";

describe("S3Text", () => {
  it("reads textKey, tells onLoad and shows it", async () => {
    const [onLoad, loaded] = [vi.fn(), vi.fn()];
    renderWithHost(<S3Text textKey="Read me first.txt" onLoad={onLoad} loaded={loaded} className="mine" />);
    expect((await screen.findByText(/Quay wall/)).className).toContain("mine");
    expect(onLoad).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/Quay wall/));
    expect(loaded).toHaveBeenCalledOnce();
  });

  it("case 94: stores body as text/* under the key, then reads that key", async () => {
    const host = createFakeHost();
    const uploaded = vi.fn();
    renderWithHost(<S3Text textKey="hello.txt" level="private" body="hello" uploaded={uploaded} text="wait" />, {
      host,
    });
    await screen.findByText("wait");
    await screen.findByText("hello");
    expect(uploaded).toHaveBeenCalledExactlyOnceWith({ key: "hello.txt" });
    expect(host.world.types.get("private/me/hello.txt")).toBe("text/*");
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

  it("with a picker stores the picked text and shows it", async () => {
    const host = createFakeHost();
    const uploaded = vi.fn();
    renderWithHost(<S3Text picker path="notes/" level="private" uploaded={uploaded} />, { host });
    await screen.findByRole("button", { name: "Pick" });
    pick(new File(["picked words"], "my note.txt", { type: "text/plain" }));
    await screen.findByText("picked words");
    expect(uploaded).toHaveBeenCalledExactlyOnceWith({ key: "notes/my_note.txt" });
  });
});
