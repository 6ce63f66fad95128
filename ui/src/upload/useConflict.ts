// The question to ask now, of all transfers that need an answer and were not put off.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type TransferRow, useHost } from "../host";
import { useConflictWish, useTransferSummary } from "../transfers";

/** Looked at when choosing the next question. */
const LOOKED_AT = 200;

export type AskedConflict = { row: TransferRow; others: number; waiting: readonly number[] };

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
  if (needsYou === 0) return null;
  const open = data.filter((row) => row.conflict !== null);
  const row = open.find(({ id }) => id === wanted) ?? open.find(({ id }) => !later.has(id));
  if (!row) return null;
  return { row, others: needsYou - 1, waiting: open.map(({ id }) => id) };
}
