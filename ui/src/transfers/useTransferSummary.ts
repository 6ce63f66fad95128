// The totals of the queue as Rust tells them: asked once, then news. Older news never wins.
import { useEffect, useState } from "react";
import { type TransferSummary, useHost } from "../host";

export const NO_TRANSFERS: TransferSummary = {
  revision: 0,
  needsYou: 0,
  running: 0,
  waiting: 0,
  paused: 0,
  failed: 0,
  done: 0,
  up: 0,
  down: 0,
  onServer: 0,
  bytes: 0,
  sent: 0,
  onTheWay: 0,
  speed: null,
  secondsLeft: null,
  leftUploads: 0,
  offline: false,
};

export function useTransferSummary(): TransferSummary {
  const host = useHost();
  const [summary, setSummary] = useState(NO_TRANSFERS);
  useEffect(() => {
    const accept = (next: TransferSummary) => setSummary((now) => (next.revision >= now.revision ? next : now));
    const stop = host.listen("transfersChanged", accept);
    host.commands
      .transferSummary()
      .then(accept)
      // Without a storage there is no queue; news comes when there is one.
      .catch(() => null);
    return stop;
  }, [host]);
  return summary;
}
