// The upload of a picker with a path, as texts have it; photos have the same one.
import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { pickWhenThere } from "../test/pick";
import { renderWithHost } from "../test/render";
import { TextPicker } from ".";

const text = (name: string) => new File([name], name, { type: "text/plain" });

describe("a picker of texts with a path", () => {
  it("uploads by fileToKey when it is told to, and tells the keys", async () => {
    const host = createFakeHost();
    const [onPickAll, uploaded, onUploadEnd] = [vi.fn(), vi.fn(), vi.fn()];
    const { user } = renderWithHost(
      <TextPicker
        path="notes"
        storageOptions={{ level: "private", fileToKey: ({ name }) => `test_${name}`, contentType: "text/x-note" }}
        onPickAll={onPickAll}
        uploaded={uploaded}
        onUploadEnd={onUploadEnd}
      >
        <p>between</p>
      </TextPicker>,
      { host },
    );
    await screen.findByText("between");
    expect(screen.queryByRole("button", { name: "Upload Text" }), "nothing was picked").toBeNull();
    await pickWhenThere(text("a b.txt"), text("c.txt"));
    expect(onPickAll.mock.calls.map(([picks]) => picks.length)).toEqual([2]);
    await user.click(await screen.findByRole("button", { name: "Upload Text" }));
    await waitFor(() => expect(onUploadEnd).toHaveBeenCalledExactlyOnceWith(2));
    expect(uploaded.mock.calls).toEqual([[{ key: "notes/test_a_b.txt" }], [{ key: "notes/test_c.txt" }]]);
    expect(host.world.types.get("private/me/notes/test_a_b.txt")).toBe("text/x-note");
    expect(screen.queryByRole("button", { name: "Upload Text" }), "all are there").toBeNull();
  });

  it("keeps what was not stored, says why, and tries only that again", async () => {
    const host = createFakeHost();
    const refused = { code: "diskFull", message: "No room.", hint: "", retry: { kind: "never" }, detail: "" };
    const put = vi.spyOn(host, "putFile");
    put.mockRejectedValueOnce(refused);
    const [onError, onUploadEnd] = [vi.fn(), vi.fn()];
    const { user } = renderWithHost(
      <TextPicker path="notes/" storageOptions={{ level: "private" }} onError={onError} onUploadEnd={onUploadEnd} />,
      { host },
    );
    await pickWhenThere(text("a.txt"), text("b.txt"));
    await user.click(await screen.findByRole("button", { name: "Upload Text" }));
    await waitFor(() => expect(onUploadEnd).toHaveBeenCalledExactlyOnceWith(1));
    expect((await screen.findByRole("alert")).textContent).toBe("No room.");
    expect(onError).toHaveBeenCalledExactlyOnceWith(refused);
    await user.click(screen.getByRole("button", { name: "Upload Text" }));
    await waitFor(() => expect(onUploadEnd).toHaveBeenLastCalledWith(1));
    await waitFor(() => expect(screen.queryByRole("alert"), "it is there now").toBeNull());
    expect(put.mock.calls.map(([, { key }]) => key)).toEqual(["notes/a.txt", "notes/b.txt", "notes/a.txt"]);
  });

  it("keeps what is picked while others are on their way", async () => {
    const host = createFakeHost();
    const { putFile } = host;
    let goOn = () => undefined as void;
    const mayGo = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const put = vi.fn<typeof putFile>(async (...told) => {
      await mayGo;
      return putFile(...told);
    });
    host.putFile = put;
    const onUploadEnd = vi.fn();
    const props = { path: "notes/", storageOptions: { level: "private" }, onUploadEnd } as const;
    const { user } = renderWithHost(<TextPicker {...props} />, { host });
    await pickWhenThere(text("a.txt"));
    await user.click(await screen.findByRole("button", { name: "Upload Text" }));
    await pickWhenThere(text("b.txt"));
    goOn();
    await waitFor(() => expect(onUploadEnd).toHaveBeenCalledOnce());
    await user.click(await screen.findByRole("button", { name: "Upload Text" }));
    await waitFor(() => expect(onUploadEnd).toHaveBeenCalledTimes(2));
    expect(put.mock.calls.map(([, { key }]) => key)).toEqual(["notes/a.txt", "notes/b.txt"]);
  });

  it("without a path uploads nothing, as in the original", async () => {
    const onPick = vi.fn();
    renderWithHost(<TextPicker onPick={onPick} />);
    await pickWhenThere(text("a.txt"));
    expect(onPick).toHaveBeenCalledOnce();
    expect(screen.queryByRole("button", { name: "Upload Text" })).toBeNull();
  });
});
