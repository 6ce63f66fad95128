// How uploads to this storage are named, as Rust keeps it.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { toFailure, useAppState } from "../api";
import { type Failure, type NamingSettings, useHost } from "../host";

export type NamingRuleState = {
  /** Null until it is read. */
  rule: NamingSettings | null;
  failure: Failure | null;
  /** Counts at once; throws what could not be saved. */
  save: (rule: NamingSettings) => Promise<void>;
};

export function useNamingRule(): NamingRuleState {
  const { commands } = useHost();
  const cache = useQueryClient();
  const { storage } = useAppState();
  const id = storage?.id ?? null;
  const { data, error } = useQuery({
    queryKey: ["namingRule", id],
    enabled: id !== null,
    // An upload may have taken numbers since.
    staleTime: 0,
    queryFn: () => commands.namingRule(),
  });
  const save = useCallback(
    async (rule: NamingSettings) => {
      await commands.setNamingRule(rule);
      cache.setQueryData(["namingRule", id], rule);
    },
    [commands, cache, id],
  );
  return { rule: data ?? null, failure: error === null ? null : toFailure(error), save };
}
