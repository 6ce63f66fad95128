// What is asked before picked files are put: once for all that were picked together, with the choices of every upload.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createFakeHost } from "../host/fake";
import { accessibilityViolations } from "../test/axe";
import { pickWhenThere } from "../test/pick";
import { renderWithHost } from "../test/render";
import { PhotoPicker, S3Album, S3Image } from ".";

const jpeg = (name: string) => new File([name], name, { type: "image/jpeg" });

/** A host where each photo tells where it was taken, and what was put there. */
function photoHost() {
  const host = createFakeHost({ scenario: "photos" });
  const put = vi.spyOn(host, "putFile");
  /** How each file went that was not asked about any more. */
  const sent = () => put.mock.calls.map(([, { key, consent, photos }]) => ({ key, consent, photos }));
  return { host, put, sent };
}

const remove = "Remove location from photos and videos";

describe("photos that were picked together", () => {
  it("are asked about once before the upload begins, and go as was chosen", async () => {
    const { host, sent } = photoHost();
    const onUploadEnd = vi.fn();
    const { user } = renderWithHost(
      <PhotoPicker path="Posters/" storageOptions={{ level: "public" }} onUploadEnd={onUploadEnd} />,
      { host },
    );
    await pickWhenThere(jpeg("a.jpg"), jpeg("b.jpg"));
    await user.click(await screen.findByRole("button", { name: "Upload Photo" }));
    const dialog = await screen.findByRole("alertdialog", { name: "Upload 2 items to Public / Posters?" });
    within(dialog).getByText("2 photos contain where they were taken");
    const box = within(dialog).getByRole<HTMLInputElement>("checkbox", { name: remove });
    expect(box.checked, "on by default").toBe(true);
    expect(host.world.contents.size, "nothing is stored yet").toBe(0);
    expect(await accessibilityViolations(dialog)).toEqual([]);
    await user.click(within(dialog).getByRole("radio", { name: "2048 pixels" }));
    await user.click(within(dialog).getByRole("checkbox", { name: /^Skip photos/ }));
    await user.click(within(dialog).getByRole("button", { name: "Upload to Public" }));
    await waitFor(() => expect(onUploadEnd).toHaveBeenCalledExactlyOnceWith(2));
    const photos = { removeLocation: true, size: "medium", skipDuplicates: true };
    expect(sent()).toEqual([
      { key: "Posters/a.jpg", consent: "ask", photos: null },
      { key: "Posters/a.jpg", consent: "once", photos },
      { key: "Posters/b.jpg", consent: "once", photos },
    ]);
  });

  it("are none of them sent when the question is cancelled", async () => {
    const { host, put } = photoHost();
    const [uploaded, onError] = [vi.fn(), vi.fn()];
    const { user } = renderWithHost(
      <S3Album path="box/" level="public" picker uploaded={uploaded} onError={onError} />,
      { host },
    );
    await pickWhenThere(jpeg("a.jpg"), jpeg("b.jpg"));
    await user.click(await screen.findByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(onError).toHaveBeenCalledTimes(2));
    expect(onError.mock.calls.map(([failure]) => failure.code)).toEqual(["cancelled", "cancelled"]);
    expect(put, "the second is not asked about again").toHaveBeenCalledOnce();
    expect(uploaded).not.toHaveBeenCalled();
  });

  it("are not asked about again where that was chosen, and go as then", async () => {
    const { host, sent } = photoHost();
    const uploaded = vi.fn();
    const { user } = renderWithHost(<S3Album path="box/" level="protected" picker uploaded={uploaded} />, { host });
    await pickWhenThere(jpeg("a.jpg"));
    const dialog = await screen.findByRole("alertdialog");
    await user.click(within(dialog).getByRole("checkbox", { name: remove }));
    await user.click(within(dialog).getByRole("checkbox", { name: "Don’t ask again" }));
    await user.click(within(dialog).getByRole("button", { name: "Upload to Protected" }));
    await waitFor(() => expect(uploaded).toHaveBeenCalledOnce());
    await pickWhenThere(jpeg("b.jpg"));
    await waitFor(() => expect(uploaded).toHaveBeenCalledTimes(2));
    expect(sent().at(-1)).toEqual({ key: "box/b.jpg", consent: "ask", photos: null });
    const settings = await host.commands.transferSettings();
    expect(settings.photos).toEqual({ removeLocation: false, size: "original", skipDuplicates: false, ask: false });
  });

  it("go to the component's own key in any case: leaving them out is not offered", async () => {
    const { host, put } = photoHost();
    const onUploadSuccess = vi.fn();
    const props = { imgKey: "me.jpg", level: "public", picker: true } as const;
    const { user } = renderWithHost(<S3Image {...props} onUploadSuccess={onUploadSuccess} />, { host });
    await pickWhenThere(jpeg("a.jpg"));
    const dialog = await screen.findByRole("alertdialog", { name: "Upload 1 item to Public?" });
    expect(
      within(dialog)
        .getAllByRole<HTMLInputElement>("checkbox")
        .map(({ labels }) => labels?.[0]?.textContent),
    ).toEqual([remove, "Don’t ask again"]);
    await user.click(within(dialog).getByRole("button", { name: "Upload to Public" }));
    await waitFor(() => expect(onUploadSuccess).toHaveBeenCalledOnce());
    expect(put.mock.calls.map(([, { key, ownKey }]) => [key, ownKey])).toEqual([
      ["me.jpg", true],
      ["me.jpg", true],
    ]);
  });
});

describe("a photo that is given as body", () => {
  it("is asked about with the choices of every upload, and goes as was chosen; leaving it out is not offered", async () => {
    const host = createFakeHost({ scenario: "photos" });
    const put = vi.spyOn(host, "putBody");
    const onUploadSuccess = vi.fn();
    const body = new Blob(["photo"]);
    const { user } = renderWithHost(
      <S3Image path="box/me.jpg" level="public" body={body} onUploadSuccess={onUploadSuccess} />,
      { host },
    );
    const dialog = await screen.findByRole("alertdialog", { name: "Upload 1 item to Public / box?" });
    within(dialog).getByText("1 photo contains where it was taken");
    const boxes = within(dialog).getAllByRole<HTMLInputElement>("checkbox");
    expect(boxes.map(({ labels, checked }) => [labels?.[0]?.textContent, checked])).toEqual([
      [remove, true],
      ["Don’t ask again", false],
    ]);
    expect(host.world.contents.size, "nothing is stored yet").toBe(0);
    await user.click(within(dialog).getByRole("button", { name: "Upload to Public" }));
    await waitFor(() => expect(onUploadSuccess).toHaveBeenCalledOnce());
    const photos = { removeLocation: true, size: "original", skipDuplicates: false };
    expect(put.mock.calls.map(([, to]) => [to.consent, to.photos, to.ownKey])).toEqual([
      ["ask", null, true],
      ["once", photos, true],
    ]);
  });

  it("takes another's place, if that is wanted, as was chosen before, and is asked about once", async () => {
    const host = createFakeHost({ scenario: "photos" });
    const put = vi.spyOn(host, "putBody");
    const onUploadSuccess = vi.fn();
    const there = { space: { level: "public", owner: null }, key: "me.jpg" } as const;
    const asItIs = { removeLocation: false, size: "original", skipDuplicates: false } as const;
    const said = { contentType: null, consent: "once", photos: asItIs, ownKey: true, replace: true } as const;
    await host.putBody(new Blob(["old"]), { ...there, ...said });
    put.mockClear();
    const { user } = renderWithHost(
      <S3Image path="me.jpg" level="public" body="new" onUploadSuccess={onUploadSuccess} />,
      { host },
    );
    await user.click(await screen.findByRole("checkbox", { name: remove }));
    await user.click(screen.getByRole("button", { name: "Upload to Public" }));
    await user.click(await screen.findByRole("button", { name: "Replace" }));
    await waitFor(() => expect(onUploadSuccess).toHaveBeenCalledOnce());
    expect(put.mock.calls.map(([, to]) => [to.photos, to.replace])).toEqual([
      [null, false],
      [asItIs, false],
      [asItIs, true],
    ]);
  });
});
