// Puts what was picked behind an album's path, one after the other, and tells how each ended.
import { type ReactNode, useState } from "react";
import { toFailure } from "../api";
import type { Failure, PlaceRef } from "../host";
import { keyOf } from "./calcKey";
import type { Pick } from "./reading";
import type { S3AlbumProps } from "./S3Album";
import { useStorageDefaults } from "./StorageDefaults";
import { usePut } from "./usePut";

export type AlbumPicker = {
  put: (picks: Pick[]) => void;
  /** Why the last one was not stored. */
  failure: Failure | null;
  /** The questions, to be drawn by the album. */
  dialog: ReactNode;
};

export function useAlbumPicker(props: S3AlbumProps, place: PlaceRef): AlbumPicker {
  const { fileToKey, onPick, onLoad, onError, uploaded } = props;
  const { exactKeys } = useStorageDefaults();
  const { putTogether, dialog } = usePut();
  const [failure, setFailure] = useState<Failure | null>(null);
  const put = async (picks: Pick[]) => {
    setFailure(null);
    const putOne = putTogether(picks.map(({ file }) => file));
    for (const pick of picks) {
      onPick?.(pick);
      const { file, type } = pick;
      const key = keyOf(file, { path: place.folder, fileToKey, exact: exactKeys });
      try {
        // oxlint-disable-next-line no-await-in-loop -- one question at a time
        const there = await putOne(file, { space: place.space, key, contentType: type || null });
        onLoad?.({ key: there, contentType: type });
        uploaded?.({ key: there });
      } catch (thrown) {
        setFailure(toFailure(thrown));
        onError?.(toFailure(thrown));
      }
    }
  };
  return { put: (picks) => void put(picks), failure, dialog };
}
