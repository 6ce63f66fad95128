// Drops from the desktop, who will see the files, and names that exist.
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Audience, DesktopDrag, Grant, PlaceRef } from "../host";
import { createFakeHost, type FakeHost } from "../host/fake";
import { usePlace } from "../place";
import { accessibilityViolations } from "../test/axe";
import { renderWithHost } from "../test/render";
import { askConflict } from "../transfers";
import { words } from "../words";
import { dropTarget, UploadLayer } from ".";

const mine: PlaceRef = { space: { level: "private", owner: null }, folder: "" };
const visits: PlaceRef = { ...mine, folder: "Site visits/" };
const open: PlaceRef = { space: { level: "public", owner: null }, folder: "" };
const theirs: PlaceRef = { space: { level: "protected", owner: "us-east-1:them" }, folder: "" };
const grant: Grant = {
  id: "dropped",
  items: [{ name: "a.txt", size: 1, folder: false }],
  count: 12,
  bytes: 12,
};

/** The page of these tests: four targets, and where the person is. */
function Targets() {
  const { place, page, showAlbums } = usePlace();
  return (
    <>
      <p>here: {page === "folder" ? place.folder : "all albums"}</p>
      <button type="button" onClick={showAlbums}>
        All albums
      </button>
      {[mine, visits, open, theirs].map((place_) => (
        <div key={dropTarget(place_)} data-drop-target={dropTarget(place_)} data-testid={dropTarget(place_)} />
      ))}
      <UploadLayer />
    </>
  );
}

function renderTargets(host: FakeHost = createFakeHost()) {
  const upload = vi.spyOn(host.commands, "upload");
  const view = renderWithHost(<Targets />, { host, place: mine });
  const drag = (place: PlaceRef | null, news: DesktopDrag) => {
    document.elementFromPoint = () => (place ? screen.getByTestId(dropTarget(place)) : document.body);
    act(() => host.world.emit("desktopDrag", news));
  };
  return { ...view, upload, drag };
}

/** The page is there and hears drags: what it shows comes a moment before it listens. */
async function shown() {
  await screen.findByText(/^here/);
  await act(async () => {});
}

const over = { kind: "over", x: 5, y: 5, count: 12 } as const;
const drop = { kind: "drop", x: 5, y: 5, grant } as const;

beforeEach(() => askConflict());

describe("files over the window", () => {
  it("are told where they would go and who would see them", async () => {
    const { drag, container } = renderTargets();
    await shown();
    drag(visits, over);
    await screen.findByText("Upload 12 items to Private / Site visits");
    expect(screen.getByText("Only you will see them")).toBeTruthy();
    drag(open, { ...over, count: null });
    await screen.findByText("Upload to Public");
    expect(screen.getByText("Everyone will be able to read, change and delete them")).toBeTruthy();
    expect(await accessibilityViolations(container)).toEqual([]);
    drag(open, { kind: "leave" });
    await waitFor(() => expect(screen.queryByText("Upload to Public")).toBeNull());
  });

  it("are refused where they can't be added, also when dropped", async () => {
    const { drag, upload } = renderTargets();
    await shown();
    drag(theirs, over);
    await screen.findByText("You can read these files but not add to them");
    drag(theirs, drop);
    drag(null, drop);
    expect(upload).not.toHaveBeenCalled();
  });

  it("open a folder that they rest on", async () => {
    const { drag } = renderTargets();
    await shown();
    drag(visits, over);
    drag(visits, over);
    expect(await screen.findByText("here: Site visits/", undefined, { timeout: 2_000 })).toBeTruthy();
  });

  it("open the folder that the page of all albums covers", async () => {
    const { drag, user } = renderTargets();
    await shown();
    await user.click(screen.getByRole("button", { name: "All albums" }));
    await screen.findByText("here: all albums");
    drag(mine, over);
    drag(mine, over);
    expect(await screen.findByText("here:", undefined, { timeout: 2_000 })).toBeTruthy();
  });

  it("are uploaded by the drop, into the target, with the question still to ask", async () => {
    const { drag, upload } = renderTargets();
    await shown();
    drag(visits, drop);
    await waitFor(() => expect(upload).toHaveBeenCalledWith("dropped", visits, "ask", null));
  });
});

async function renderQuestion() {
  const host = createFakeHost();
  host.commands.upload = async (_, place, consent) =>
    consent === "ask" && place.space.level !== "private"
      ? { kind: "needsConsent", audience: "everyoneChanges", count: 12 }
      : { kind: "queued", count: 12, batch: 1 };
  const view = renderTargets(host);
  await shown();
  view.drag(open, drop);
  const dialog = await screen.findByRole("alertdialog", { name: "Upload 12 items to Public?" });
  return { ...view, dialog };
}

describe("consent", () => {
  it("says what it means and goes on only when told so", async () => {
    const { dialog, upload } = await renderQuestion();
    expect(within(dialog).getByText("Everyone will be able to read, change and delete them.")).toBeTruthy();
    expect(await accessibilityViolations(dialog)).toEqual([]);
    fireEvent.click(within(dialog).getByRole("button", { name: "Upload to Public" }));
    await waitFor(() => expect(upload).toHaveBeenLastCalledWith("dropped", open, "once", null));
  });

  it("can be given for good", async () => {
    const { dialog, upload } = await renderQuestion();
    fireEvent.click(within(dialog).getByRole("checkbox", { name: "Don’t ask again" }));
    fireEvent.click(within(dialog).getByRole("button", { name: "Upload to Public" }));
    await waitFor(() => expect(upload).toHaveBeenLastCalledWith("dropped", open, "always", null));
  });

  it("can be refused for Private", async () => {
    const { dialog, upload } = await renderQuestion();
    fireEvent.click(within(dialog).getByRole("button", { name: "Upload to Private instead" }));
    await waitFor(() => expect(upload).toHaveBeenLastCalledWith("dropped", mine, "ask", null));
  });

  it("can be refused altogether", async () => {
    const { dialog, upload } = await renderQuestion();
    fireEvent.click(within(dialog).getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(upload).toHaveBeenCalledTimes(1);
  });
});

async function renderPhotos(audience: Audience | null) {
  const host = createFakeHost();
  host.commands.upload = async (_, place, consent, photos) =>
    place.space.level !== "private" && (consent === "ask" || photos === null)
      ? {
          kind: "needsChoices",
          audience,
          count: 12,
          found: { photos: 9, located: 8, locatedVideos: 0, more: false },
          choices: { removeLocation: true, size: "original", skipDuplicates: false },
        }
      : { kind: "queued", count: 12, batch: 1 };
  const view = renderTargets(host);
  await shown();
  view.drag(open, drop);
  const dialog = await screen.findByRole("alertdialog", { name: "Upload 12 items to Public?" });
  return { ...view, dialog };
}

describe("photos that tell where they were taken", () => {
  it("lose it unless the person says otherwise, in the same question as who will see them", async () => {
    const { dialog, upload } = await renderPhotos("everyoneChanges");
    expect(within(dialog).getByText("Everyone will be able to read, change and delete them.")).toBeTruthy();
    expect(within(dialog).getByText("8 photos contain where they were taken")).toBeTruthy();
    const remove = within(dialog).getByRole("checkbox", { name: "Remove location from photos and videos" });
    expect((remove as HTMLInputElement).checked, "on by default").toBe(true);
    expect(await accessibilityViolations(dialog)).toEqual([]);
    fireEvent.click(within(dialog).getByRole("button", { name: "Upload to Public" }));
    await waitFor(() =>
      expect(upload).toHaveBeenLastCalledWith("dropped", open, "once", {
        removeLocation: true,
        size: "original",
        skipDuplicates: false,
      }),
    );
  });

  it("are asked about alone where the audience was agreed to, and say what keeping it means", async () => {
    const { dialog, upload } = await renderPhotos(null);
    expect(within(dialog).queryByText(/^Everyone will be able/)).toBeNull();
    fireEvent.click(within(dialog).getByRole("checkbox", { name: "Remove location from photos and videos" }));
    expect(within(dialog).getByText("Whoever can see them can find out where that is.")).toBeTruthy();
    fireEvent.click(within(dialog).getByRole("radio", { name: "4096 pixels" }));
    fireEvent.click(within(dialog).getByRole("checkbox", { name: /^Skip photos that are already there/ }));
    fireEvent.click(within(dialog).getByRole("checkbox", { name: "Don’t ask again" }));
    expect(within(dialog).getByText(/^What you choose for photos then counts for every upload/)).toBeTruthy();
    fireEvent.click(within(dialog).getByRole("button", { name: "Upload to Public" }));
    await waitFor(() =>
      expect(upload).toHaveBeenLastCalledWith("dropped", open, "always", {
        removeLocation: false,
        size: "large",
        skipDuplicates: true,
      }),
    );
  });

  it("go to Private as they are", async () => {
    const { dialog, upload } = await renderPhotos("everyoneChanges");
    fireEvent.click(within(dialog).getByRole("button", { name: "Upload to Private instead" }));
    await waitFor(() => expect(upload).toHaveBeenLastCalledWith("dropped", mine, "ask", null));
  });

  it("are counted in words, also when not all could be looked at", () => {
    const sentence = (located: number, locatedVideos: number, more = false) =>
      words.upload.located({ photos: 9, located, locatedVideos, more });
    expect(sentence(1, 0)).toBe("1 photo contains where it was taken");
    expect(sentence(0, 1)).toBe("1 video contains where it was taken");
    expect(sentence(1, 1)).toBe("1 photo and 1 video contain where they were taken");
    expect(sentence(8, 2, true)).toBe("At least 8 photos and 2 videos contain where they were taken");
    expect(sentence(0, 0, true)).toBe("Photos and videos among them may contain where they were taken");
  });
});

async function renderConflict() {
  const host = createFakeHost({ scenario: "conflict" });
  const answer = vi.spyOn(host.commands, "answerConflict");
  const view = renderWithHost(<UploadLayer />, { host, place: open });
  const dialog = await screen.findByRole("alertdialog", { name: "“report.pdf” is already in Public" });
  return { ...view, answer, dialog };
}

describe("a name that exists", () => {
  it("is asked about at once, with both files and the price of replacing", async () => {
    const { dialog } = await renderConflict();
    expect(within(dialog).getByRole("region", { name: "New, on this computer" }).textContent).toContain("1.9 MB");
    expect(within(dialog).getByRole("region", { name: "In Public now" }).textContent).toContain("1.4 MB");
    expect(within(dialog).getByText(/report \(2\)\.pdf/)).toBeTruthy();
    expect(within(dialog).getByText(/gone for good\. Someone else may have put it there\./)).toBeTruthy();
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Keep both"));
    expect(await accessibilityViolations(dialog)).toEqual([]);
  });

  it.each([
    ["Keep both", "keepBoth"],
    ["Replace", "replace"],
    ["Skip", "skip"],
  ])("is answered by %s", async (name, given) => {
    const { dialog, answer } = await renderConflict();
    fireEvent.click(within(dialog).getByRole("button", { name }));
    await waitFor(() => expect(answer).toHaveBeenCalledWith(expect.any(Number), given, false));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  });

  it("can wait: Escape puts it off until it is asked for", async () => {
    const { dialog, answer } = await renderConflict();
    fireEvent.keyDown(dialog, { key: "Escape" });
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(answer).not.toHaveBeenCalled();
    act(() => askConflict());
    await screen.findByRole("alertdialog");
  });
});

describe("several names that exist", () => {
  it("show both files as pictures, the new one named by its transfer only", async () => {
    renderWithHost(<UploadLayer />, { scenario: "conflicts", place: mine });
    const dialog = await screen.findByRole("alertdialog");
    const sources = () => [...dialog.querySelectorAll("img")].map(({ src }) => src);
    await waitFor(() => expect(sources()).toHaveLength(2));
    const [fresh, there] = sources();
    expect(fresh).not.toBe(there);
    fireEvent.error(dialog.querySelector("img") as HTMLImageElement);
    await waitFor(() => expect(sources()).toEqual([there]));
  });

  it("are answered together only where they were dropped together", async () => {
    const { host } = renderWithHost(<UploadLayer />, { scenario: "conflicts", place: mine });
    const dialog = await screen.findByRole("alertdialog");
    fireEvent.click(await within(dialog).findByRole("checkbox", { name: "Do this for the other 2" }));
    fireEvent.click(within(dialog).getByRole("button", { name: "Skip" }));
    await screen.findByRole("alertdialog", { name: "“report.pdf” is already in Public" });
    const left = await host.commands.transferRows("needsYou", 0, 10);
    expect(left.map(({ name }) => name)).toEqual(["report.pdf"]);
    expect(screen.queryByRole("checkbox")).toBeNull();
  });
});
