// Coming back to a folder puts the keyboard on the row that was opened from it.
import { useEffect, useRef } from "react";
import type { FolderSelection, ListingState } from "../folder";
import { useHost } from "../host";

export function useFirstFocus({ id }: ListingState, { focus }: FolderSelection, key: string | null): void {
  const host = useHost();
  const done = useRef(false);
  useEffect(() => {
    if (id === null || key === null || done.current) return undefined;
    let current = true;
    const find = async () => {
      const index = await host.commands.positionOf(id, key);
      const [row] = index === null ? [] : await host.commands.rows(id, index, index + 1);
      if (!current || index === null || !row) return;
      done.current = true;
      focus({ id: row.id, key: row.key, index });
    };
    find().catch(() => null);
    return () => {
      current = false;
    };
  }, [host, id, key, focus]);
}
