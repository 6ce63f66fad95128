// Picks files as a person does in a browser: by the file input of a picker.
import { fireEvent } from "@testing-library/react";

export function fileInput(): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>("input[type=file]");
  if (!found) throw new Error("a picker in a browser has a file input");
  return found;
}

export function pick(...files: File[]): void {
  fireEvent.change(fileInput(), { target: { files } });
}
