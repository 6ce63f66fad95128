// The question to ask now, of all transfers that need an answer and were not put off.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type TransferRow, useHost } from "../host";
import { useConflictWish, useTransferSummary } from "../transfers";

/** Looked at when choosing the next question. */
const LOOKED_AT = 100;
/** Looked at when counting what the same drop still asks. */
const COUNTED = 2_000;

export type AskedConflict = {
  row: TransferRow;
  /** More questions of the same drop: an answer for all is for these. */
  others: number;
  waiting: readonly number[];
};

export function useConflict(): AskedConflict | null {
  const host = useHost();
  const { needsYou, revision } = useTransferSummary();
  const { wanted, later } = useConflictWish();
  const { data = [] } = useQuery({
    queryKey: ["conflicts", revision],
    queryFn: () => host.commands.transferRows("needsYou", 0, LOOKED_AT),
    enabled: needsYou > 0,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const open = data.filter((row) => row.conflict !== null);
  const row =
    needsYou > 0 ? (open.find(({ id }) => id === wanted) ?? open.find(({ id }) => !later.has(id))) : undefined;
  const { data: sameDrop = 1 } = useQuery({
    queryKey: ["conflictsOfDrop", row?.batch, needsYou],
    queryFn: async () => {
      const rows = await host.commands.transferRows("needsYou", 0, COUNTED);
      return rows.filter(({ batch }) => batch === row?.batch).length;
    },
    enabled: row !== undefined && needsYou > 1,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  if (!row) return null;
  return { row, others: needsYou > 1 ? Math.max(0, sameDrop - 1) : 0, waiting: open.map(({ id }) => id) };
}
