// The gallery shows what it says: each state is reached, also those behind a press or a refusal.
import { render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { Gallery } from "./Gallery";
import { Question } from "./Question";

const specimen = async (name: string) => within(await screen.findByRole("figure", { name }));

describe("the gallery", () => {
  beforeEach(() => void render(<Gallery theme="light" />));

  it("names each state once", async () => {
    await specimen("S3Album, refused");
    const names = screen.getAllByRole("figure").map((figure) => figure.getAttribute("aria-label"));
    expect(new Set(names).size).toBe(names.length);
  });

  it("shows photos that were picked, or why one can't be read", async () => {
    const picked = await specimen("PhotoPicker, picked");
    await picked.findByAltText("Preview of waves by day.svg");
    picked.getByRole("button", { name: "Upload Photo" });
    const hidden = await specimen("PhotoPicker, picked, preview hidden");
    await hidden.findByText("The image has been selected");
    const several = await specimen("PhotoPicker, several picked");
    await waitFor(() => expect(several.getAllByRole("img")).toHaveLength(2));
    const unread = await specimen("PhotoPicker, can't be read");
    await unread.findByText("Couldn't read “waves by day.svg”.");
  });

  it("shows texts that were picked, are hidden or can't be read", async () => {
    const picked = await specimen("TextPicker, picked");
    await picked.findByText(/^High water/);
    const hidden = await specimen("TextPicker, preview hidden");
    expect(hidden.getByText("There, but not drawn.").style.display).toBe("none");
    const hiddenText = await specimen("S3Text, hidden");
    expect((await hiddenText.findByText(/Quay wall/)).style.display).toBe("none");
    const unread = await specimen("S3Text, can't be read");
    await unread.findByRole("alert");
    expect(unread.queryByText(/Quay wall/)).toBeNull();
  });

  it("shows albums that are selected from, empty, being read and refused", async () => {
    const selected = await specimen("S3Album, two selected");
    await waitFor(() => expect(selected.getAllByRole("gridcell", { selected: true })).toHaveLength(2));
    const empty = await specimen("S3Album, empty");
    await empty.findByText("Nothing to show");
    const loading = await specimen("S3Album, being read");
    await loading.findByRole("status", { name: "Reading the album" });
    const failed = await specimen("S3Album, upload failed");
    await failed.findByText("You're not allowed to upload to this folder.");
    await failed.findByRole("gridcell", { name: /^gulls\.jpg/ });
    const refused = await specimen("S3Album, refused");
    await refused.findByText("You're not allowed to open this folder.");
  });
});

it("has the question before others see what is stored on a page of its own", async () => {
  render(<Question theme="light" />);
  await screen.findByRole("alertdialog", { name: "Upload 1 item to Public?" });
});
