// Reads what was picked: a picture as a data: URL made here, a text as text. A picked file of the window gives its bytes by `blob()`.
import type { Failure, PickedFile } from "../host";
import { toFailure } from "../api";
import { words } from "../words";

export type AnyFile = PickedFile | File;

/** What `onPick` is told: exactly these four, as in the original. */
export type Pick = {
  /** The browser's File; in the window a grant with `blob()`. */
  file: AnyFile;
  name: string;
  size: number;
  type: string;
};

export function pickOf(file: AnyFile): Pick {
  return { file, name: file.name, size: file.size, type: file.type };
}

/** `data:image/png;base64,…` */
export async function dataUrlOf(file: AnyFile): Promise<string> {
  return read(file, (reader, blob) => reader.readAsDataURL(blob));
}

export async function textOf(file: AnyFile): Promise<string> {
  return read(file, (reader, blob) => reader.readAsText(blob));
}

async function read(file: AnyFile, start: (reader: FileReader, blob: Blob) => void): Promise<string> {
  const blob = "grant" in file ? await file.blob() : file;
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(unreadable(file.name, reader.error)));
    start(reader, blob);
  });
}

function unreadable(name: string, error: unknown): Failure {
  return {
    ...toFailure(error),
    code: "localFile",
    message: words.components.fileUnreadable(name),
    hint: words.components.fileUnreadableHint,
  };
}
