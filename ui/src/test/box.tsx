// An S3Album on a folder `box/` of its own.
import { screen } from "@testing-library/react";
import { S3Album, type S3AlbumProps } from "../components";
import type { SpaceRef } from "../host";
import { createFakeHost, type FakeHost } from "../host/fake";
import { storeFile } from "../host/fake/world";
import { renderWithHost } from "./render";

export const NOW = new Date(2026, 10, 24, 9, 20).getTime();
export const mine: SpaceRef = { level: "private", owner: null };

/** A folder `box/` with these files, the first one the newest. */
export function boxOf(...names: string[]): FakeHost {
  const host = createFakeHost({ now: () => NOW });
  names.forEach((name, index) => {
    storeFile(host.world, mine, {
      key: `box/${name}`,
      size: 10,
      modified: NOW - 1000 * (index + 1),
      etag: `e-${name}`,
    });
  });
  return host;
}

export const tile = (name: string) =>
  screen.findByRole("gridcell", { name: new RegExp(`^${name.replaceAll(".", "\\.")}`) });
export const names = () => screen.getAllByRole("gridcell").map((one) => one.getAttribute("aria-label")?.split(",")[0]);

export function show(host: FakeHost, props: S3AlbumProps = {}) {
  return renderWithHost(<S3Album level="private" path="box/" {...props} />, { host });
}
