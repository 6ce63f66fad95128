// The settings of transfers as Rust keeps them. A change is shown at once, and taken back where Rust refuses it.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { queryKeys } from "../api";
import { type PhotoSettings, type TransferSettings, useHost } from "../host";

/** Rust may read a file that lacks some, but says them all. */
export type Settings = Required<TransferSettings> & { photos: Required<PhotoSettings> };

export type TransferSettingsState = {
  /** Null until they are read. */
  settings: Settings | null;
  /** Why the last change did not count. */
  failure: unknown;
  readFailure: unknown;
  change: (change: Partial<Settings>) => void;
};

export function useTransferSettings(): TransferSettingsState {
  const { commands } = useHost();
  const cache = useQueryClient();
  const [failure, setFailure] = useState<unknown>(null);
  const { data, error } = useQuery({
    queryKey: queryKeys.transferSettings,
    queryFn: async () => (await commands.transferSettings()) as Settings,
    staleTime: 0,
  });
  // One change after the other: each starts from what the one before left.
  const line = useRef(Promise.resolve());
  const change = useCallback(
    (part: Partial<Settings>) => {
      const before = cache.getQueryData<Settings>(queryKeys.transferSettings);
      if (!before) return;
      const wanted = { ...before, ...part };
      cache.setQueryData(queryKeys.transferSettings, wanted);
      setFailure(null);
      line.current = line.current.then(async () => {
        try {
          cache.setQueryData(queryKeys.transferSettings, await commands.setTransferSettings(wanted));
        } catch (thrown) {
          setFailure(thrown);
          cache.setQueryData(queryKeys.transferSettings, await commands.transferSettings().catch(() => before));
        }
      });
    },
    [cache, commands],
  );
  return { settings: data ?? null, failure, readFailure: error, change };
}
