// Windows of a tab's rows. A change of the queue fetches what is on screen again and shows the old rows meanwhile.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type TransferRow, type TransferTab, useHost } from "../host";

const PAGE = 100;

/** The tabs as a person sees them: what needs an answer stands on top of what is in progress. */
export type DrawerTab = Exclude<TransferTab, "all">;

export type TransferWindow = { start: number; rows: readonly TransferRow[] };

export function useTransferRows(tab: DrawerTab, revision: number, first: number, end: number): TransferWindow {
  const host = useHost();
  const start = Math.floor(first / PAGE) * PAGE;
  const stop = Math.ceil(Math.max(end, start + 1) / PAGE) * PAGE;
  const { data } = useQuery({
    queryKey: ["transfers", tab, start, stop, revision],
    queryFn: async () => ({ tab, start, rows: await host.commands.transferRows(tab, start, stop) }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  return data?.tab === tab ? data : { start, rows: [] };
}
