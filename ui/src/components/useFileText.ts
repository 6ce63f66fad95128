// Reads the start of a text file through the host's address, and keeps it for coming back.
import { useQuery } from "@tanstack/react-query";
import { toFailure, useAppState } from "../api";
import { type FileUrlOptions, type SpaceRef, useHost } from "../host";

export type FileText = { text: string | null; error: unknown };

export function useFileText(space: SpaceRef, key: string | null, options: FileUrlOptions): FileText {
  const host = useHost();
  const { storage, account } = useAppState();
  const { data, error } = useQuery({
    // What one person read is never shown to the next.
    queryKey: ["text", storage?.id, account, space, key, options],
    enabled: key !== null,
    gcTime: 60_000,
    queryFn: async ({ signal }) => {
      const url = host.fileUrl("text", space, key ?? "", options);
      const answer = await fetch(url, { signal });
      if (!answer.ok) throw toFailure(await answer.json());
      return answer.text();
    },
  });
  return { text: data ?? null, error };
}
