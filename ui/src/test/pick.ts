// Picks files as a person does: in a browser by the file input of a picker, in the window by the system's dialog.
import { fireEvent, waitFor } from "@testing-library/react";
import { vi } from "vitest";
import type { PickedFile } from "../host";
import { createFakeHost } from "../host/fake";

export const photo = new File([new Uint8Array([137, 80, 78, 71])], "a b.png", { type: "image/png" });
export const jpeg = new File([new Uint8Array([255, 216])], "c.jpg", { type: "image/jpeg" });
export const note = new File(["hi"], "n.txt", { type: "text/plain" });

export function fileInput(): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!found) throw new Error("a picker in a browser has a file input");
  return found;
}

export function pick(...files: File[]): void {
  fireEvent.change(fileInput(), { target: { files } });
}

/** The same, where the picker may still be on its way. */
export async function pickWhenThere(...files: File[]): Promise<void> {
  await waitFor(fileInput);
  pick(...files);
}

/** A host whose system dialog gives these. */
export function windowHost(...files: File[]) {
  const picked = files.map<PickedFile>((file, index) => ({
    grant: `grant-${index}`,
    name: file.name,
    size: file.size,
    type: file.type,
    blob: async () => file,
  }));
  const dialog = vi.fn(async () => picked);
  return { dialog, picked, host: { ...createFakeHost(), pick: dialog } };
}
