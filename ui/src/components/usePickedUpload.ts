// Uploads what a picker with a path holds, one after the other, and gives back what was not stored.
import { type ReactNode, useState } from "react";
import { toFailure } from "../api";
import type { Failure, Level } from "../host";
import { type FileToKey, keyOf } from "./calcKey";
import type { AnyFile } from "./reading";
import { useStorageDefaults } from "./StorageDefaults";
import { usePut } from "./usePut";

/** The properties of a picker that also uploads. */
export type PickedUploadProps = {
  /** With a path the picker also uploads: its button appears once files are picked. A slash stands between path and name. */
  path?: string;
  /** How it uploads. */
  storageOptions?: { level?: Level; identityId?: string; contentType?: string; fileToKey?: FileToKey };
  /** The Angular set's event: told the key, inside the level, of each uploaded file. */
  uploaded?: (stored: { key: string }) => void;
  /** The dialog did not open, a file can't be read, or was not uploaded. */
  onError?: (failure: Failure) => void;
  /** Every picked file was tried; told how many are there. */
  onUploadEnd?: (stored: number) => void;
};

export type PickedUpload = {
  uploading: boolean;
  /** Gives back the files that were not stored, and why the last of them was not. */
  upload: (files: readonly AnyFile[]) => Promise<{ left: AnyFile[]; failure: Failure | null }>;
  /** The questions, to be drawn by the picker. */
  dialog: ReactNode;
};

export function usePickedUpload(props: PickedUploadProps): PickedUpload {
  const { path = "", storageOptions, uploaded, onError, onUploadEnd } = props;
  const [uploading, setUploading] = useState(false);
  const defaults = useStorageDefaults();
  const { putTogether, dialog } = usePut();

  const upload: PickedUpload["upload"] = async (files) => {
    const { level = defaults.level, identityId, contentType, fileToKey } = storageOptions ?? {};
    const folder = path === "" || path.endsWith("/") ? path : `${path}/`;
    const left: AnyFile[] = [];
    let failure: Failure | null = null;
    setUploading(true);
    const putOne = putTogether(files);
    for (const file of files) {
      const key = keyOf(file, { path: folder, fileToKey, exact: defaults.exactKeys });
      const space = { level, owner: identityId ?? null };
      try {
        // oxlint-disable-next-line no-await-in-loop -- one question at a time, in the order of the files
        const there = await putOne(file, { space, key, contentType: contentType || file.type || null });
        uploaded?.({ key: there });
      } catch (thrown) {
        left.push(file);
        failure = toFailure(thrown);
        onError?.(failure);
      }
    }
    setUploading(false);
    onUploadEnd?.(files.length - left.length);
    return { left, failure };
  };
  return { uploading, upload, dialog };
}
