// What a component of the storage shows, and what it asks the host for.
import { waitFor } from "@testing-library/react";
import { vi } from "vitest";
import type { Host } from "../host";

/** From here on: the kind, level, person and key of each address that is asked for. */
export function addressesOf(host: Host): () => string[] {
  const fileUrl = vi.spyOn(host, "fileUrl");
  return () => fileUrl.mock.calls.map(([kind, { level, owner }, key]) => [kind, level, owner, key].join(" "));
}

/** The first picture of the page, once there is one. */
export function shownImage(): Promise<HTMLImageElement> {
  return waitFor(() => {
    const found = document.querySelector("img");
    if (!found) throw new Error("no picture yet");
    return found;
  });
}
