// Windows of a tab's rows. A change of the queue fetches what is on screen again, a few times a second at the most, and shows the
// old rows meanwhile.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { type Commands, type Host, type TransferRow, type TransferSummary, type TransferTab, useHost } from "../host";

const PAGE = 100;
/** Figures that change faster are not read but only seen to move. */
const LOOK_EVERY = 250;

/** The tabs as a person sees them: what needs an answer stands on top of what is in progress. */
export type DrawerTab = Exclude<TransferTab, "all">;

export type TransferWindow = { start: number; rows: readonly TransferRow[] };

export type WindowQuery = {
  tab: DrawerTab;
  /** So many rows of what needs an answer stand on top. */
  lead: number;
  revision: number;
  first: number;
  end: number;
};

export function useTransferRows({ tab, lead, revision, first, end }: WindowQuery): TransferWindow {
  const host = useHost();
  const steady = useSteady(revision);
  const start = Math.floor(first / PAGE) * PAGE;
  const stop = Math.ceil(Math.max(end, start + 1) / PAGE) * PAGE;
  const { data } = useQuery({
    queryKey: ["transfers", tab, lead, start, stop, steady],
    queryFn: async () => ({ tab, start, rows: await rowsBetween(host, tab, lead, start, stop) }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  // One value for one state: who keeps what it saw sees nothing new in nothing.
  const none = useMemo(() => ({ start, rows: [] }), [start]);
  return data?.tab === tab ? data : none;
}

/** Rows first to end of a tab with its lead. */
export async function rowsBetween(
  { commands }: Host,
  tab: DrawerTab,
  lead: number,
  first: number,
  end: number,
): Promise<TransferRow[]> {
  const [asking, rest] = await Promise.all([
    first < lead ? commands.transferRows("needsYou", first, Math.min(end, lead)) : [],
    end > lead ? tabRows(commands, tab, Math.max(0, first - lead), end - lead) : [],
  ]);
  return [...asking, ...rest];
}

/** What is done is remembered: its rows are those of the history, of this run and of earlier ones. */
async function tabRows(commands: Commands, tab: DrawerTab, first: number, end: number): Promise<TransferRow[]> {
  return tab === "done" ? (await commands.transferHistory(first, end)).rows : commands.transferRows(tab, first, end);
}

/** How many the history remembers. Until that is known: those of this run. */
export function useHistoryCount({ revision, done }: TransferSummary): number {
  const { commands } = useHost();
  const steady = useSteady(revision);
  const { data } = useQuery({
    queryKey: ["transferHistory", steady],
    queryFn: async () => (await commands.transferHistory(0, 0)).count,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  return data ?? done;
}

/** The value, at once after a pause and then a few times a second. */
function useSteady<T>(value: T): T {
  const [steady, setSteady] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + LOOK_EVERY - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSteady(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value]);
  return steady;
}
