// What the host is told of a picture that is not on show any more.
import { fireEvent, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { createFakeHost } from "../host/fake";
import { renderWithHost } from "../test/render";
import { S3Image } from ".";

async function shown() {
  const host = createFakeHost();
  const told: string[] = [];
  host.fileUrl = (_, __, key) => `data:,${key}`;
  host.hold = (url) => {
    told.push(`holds ${url}`);
    return (arrived) => told.push(`leaves ${url}, ${arrived ? "arrived" : "on its way"}`);
  };
  const view = renderWithHost(<S3Image imgKey="a.jpg" size={240} />, { host });
  const image = () => document.querySelector("img") as HTMLImageElement;
  await waitFor(() => expect(image()).not.toBeNull());
  return { ...view, told, image };
}

describe("a tile", () => {
  it("that leaves while its picture is on its way gives it up", async () => {
    const { unmount, told } = await shown();
    unmount();
    expect(told).toEqual(["holds data:,a.jpg", "leaves data:,a.jpg, on its way"]);
  });

  it.each(["load", "error"] as const)("that leaves after %s has nothing to give up", async (end) => {
    const { unmount, told, image } = await shown();
    fireEvent[end](image());
    unmount();
    expect(told).toEqual(["holds data:,a.jpg", "leaves data:,a.jpg, arrived"]);
  });
});
