// The files that a transfer could not do, each with its reason: what the row only counts.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toFailure } from "../api";
import { visibleName } from "../format";
import { type Commands, type NamedFailure, type TransferRow, useHost } from "../host";
import { Button, Dialog, Skeleton, toast } from "../kit";
import { FailedItems, FailureNote } from "../session";
import { words } from "../words";

/** More are counted, not listed. */
const LISTED = 100;
/** Files that are read at once for the clipboard. */
const WINDOW = 5_000;

export type ReportDialogProps = { row: TransferRow; onClose: () => void };

export function ReportDialog({ row, onClose }: ReportDialogProps) {
  const { commands } = useHost();
  const [copying, setCopying] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ["transferReport", row.id],
    queryFn: () => commands.transferReport(row.id, 0, LISTED),
    staleTime: 0,
    gcTime: 0,
  });
  const count = Math.max(row.items?.failed ?? 0, data?.length ?? 0);
  const copy = async () => {
    setCopying(true);
    try {
      await commands.copyText(reportText(await wholeReport(commands, row.id)));
      toast({ text: words.transfers.reportCopied });
    } catch (thrown) {
      const { message, hint } = toFailure(thrown);
      toast({ text: message, hint, tone: "bad" });
    }
    setCopying(false);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      title={words.transfers.reportTitle(count, visibleName(row.name))}
      footer={
        <>
          <Button isDisabled={!data || copying} onPress={() => void copy()}>
            {words.transfers.copyReport}
          </Button>
          <Button autoFocus look="primary" onPress={onClose}>
            {words.transfers.closeReport}
          </Button>
        </>
      }
    >
      {data ? (
        <FailedItems failed={data} count={count} />
      ) : error ? (
        <FailureNote failure={toFailure(error)} onRetry={() => void refetch()} />
      ) : (
        <span aria-busy>
          <Skeleton height="48px" />
        </span>
      )}
    </Dialog>
  );
}

async function wholeReport({ transferReport }: Commands, transfer: number): Promise<NamedFailure[]> {
  const all: NamedFailure[] = [];
  for (let more = true; more;) {
    // oxlint-disable-next-line no-await-in-loop -- where it ends is known only by reading
    const some = await transferReport(transfer, all.length, all.length + WINDOW);
    all.push(...some);
    more = some.length === WINDOW;
  }
  return all;
}

/** A line each, the reason behind a tab, so that it can be pasted into a table. */
function reportText(report: readonly NamedFailure[]): string {
  return report.map(({ name, failure }) => `${name}\t${failure.message} ${failure.hint}`.trim()).join("\n");
}
