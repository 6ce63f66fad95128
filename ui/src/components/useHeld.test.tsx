// What the host is told of a picture that is not on show any more.
import { fireEvent, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { renderWithHost } from "../test/render";
import { S3Image, type S3ImageProps } from ".";

afterEach(() => vi.restoreAllMocks());

async function shown(props: S3ImageProps = {}) {
  const host = createFakeHost();
  const told: string[] = [];
  host.fileUrl = (_, __, key) => `data:,${key}`;
  host.hold = (url) => {
    told.push(`holds ${url}`);
    return (arrived) => told.push(`leaves ${url}, ${arrived ? "arrived" : "on its way"}`);
  };
  const view = renderWithHost(<S3Image imgKey="a.jpg" size={240} {...props} />, { host });
  const image = () => document.querySelector("img") as HTMLImageElement;
  await waitFor(() => expect(image()).not.toBeNull());
  return { ...view, told, image };
}

describe("a tile", () => {
  it("is waited for where it is drawn, from the moment it is asked for until it is there", async () => {
    const host = createFakeHost();
    host.fileUrl = (_, __, key) => `data:,${key}`;
    const told: string[] = [];
    host.awaitPicture = (url, where) => {
      told.push(`waits for ${url} at ${where()?.tagName}`);
      return () => told.push(`has ${url}`);
    };
    renderWithHost(<S3Image imgKey="a.jpg" size={240} />, { host });
    await waitFor(() => expect(told).toEqual(["waits for data:,a.jpg at IMG"]));
    fireEvent.load(document.querySelector("img") as HTMLImageElement);
    expect(told.at(-1)).toBe("has data:,a.jpg");
    expect(told).toHaveLength(2);
  });

  it("that leaves while its picture is on its way gives it up", async () => {
    const { unmount, told } = await shown();
    unmount();
    expect(told).toEqual(["holds data:,a.jpg", "leaves data:,a.jpg, on its way"]);
  });

  it("that leaves when its picture is there has nothing to give up", async () => {
    const { unmount, told, image } = await shown();
    fireEvent.load(image());
    unmount();
    expect(told).toEqual(["holds data:,a.jpg", "leaves data:,a.jpg, arrived"]);
  });

  it("gives up asking why there is no picture, and has nothing to give up once it knows", async () => {
    const asking = await shown();
    vi.spyOn(globalThis, "fetch").mockReturnValue(new Promise(() => null));
    fireEvent.error(asking.image());
    asking.unmount();
    expect(asking.told.at(-1)).toBe("leaves data:,a.jpg, on its way");

    const refused = { code: "notAPicture", message: "no", hint: "", retry: { kind: "never" }, detail: "" };
    vi.spyOn(globalThis, "fetch").mockResolvedValue(Response.json(refused, { status: 415 }));
    const onError = vi.fn();
    const knowing = await shown({ onError });
    fireEvent.error(knowing.image());
    await waitFor(() => expect(onError).toHaveBeenCalled());
    knowing.unmount();
    expect(knowing.told.at(-1)).toBe("leaves data:,a.jpg, arrived");
  });
});
