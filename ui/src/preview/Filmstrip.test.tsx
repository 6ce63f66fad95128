// The filmstrip: what can't be shown has a mark in its place, never the web view's sign for a broken picture.
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import type { Row } from "../host";
import { renderWithHost } from "../test/render";
import { Filmstrip, type FilmstripProps } from "./Filmstrip";

const row = (id: number, name: string, etag = "1") => ({ id, key: name, name, etag, media: "image" }) as Row;
const strip: Omit<FilmstripProps, "rows"> = {
  first: 0,
  index: 0,
  space: { level: "private", owner: null },
  onGo: () => undefined,
};
const at = (name: string) => screen.getByRole("button", { name });

/** Two pictures, of which the second becomes another version. */
function Changing() {
  const [etag, setEtag] = useState("1");
  return (
    <>
      <button type="button" onClick={() => setEtag("2")}>
        another version
      </button>
      <Filmstrip {...strip} rows={[row(1, "whole.jpg"), row(2, "broken.jpg", etag)]} />
    </>
  );
}

it("draws a mark for a picture that can't be shown, and tries its next version", async () => {
  const { user } = renderWithHost(<Changing />);
  await waitFor(() => {
    const picture = at("broken.jpg").querySelector("img");
    if (picture) fireEvent.error(picture);
    expect(picture).toBeNull();
  });
  expect(at("broken.jpg").querySelector("svg")).not.toBeNull();
  expect(at("whole.jpg").querySelector("img"), "another one is drawn").not.toBeNull();
  await user.click(at("another version"));
  await waitFor(() => expect(at("broken.jpg").querySelector("img")).not.toBeNull());
});
