// The open drawer: tabs, totals, rows that say everything about one transfer each. Its height is the person's, up to 40 % of the window.
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { toFailure } from "../api";
import { type TransferChoice, type TransferSummary, useHost } from "../host";
import { Button, ConfirmDialog, IconButton, SegmentedControl, toast } from "../kit";
import { words } from "../words";
import styles from "./Drawer.module.css";
import { DrawerHandle } from "./DrawerHandle";
import { progressText } from "./line";
import { TransferList } from "./TransferList";
import type { DrawerTab } from "./useTransferRows";

/** Runs a command and tells its failure. */
export function run(command: Promise<null>): void {
  command.catch((thrown: unknown) => {
    const { message, hint } = toFailure(thrown);
    toast({ text: message, hint, tone: "bad" });
  });
}

const TABS: readonly DrawerTab[] = ["needsYou", "running", "waiting", "paused", "failed", "done"];

export type DrawerProps = {
  summary: TransferSummary;
  tab: DrawerTab;
  onTab: (tab: DrawerTab) => void;
  onClose: () => void;
};

export function Drawer({ summary, tab, onTab, onClose }: DrawerProps) {
  const host = useHost();
  const [height, setHeight] = useState(260);
  const [asking, setAsking] = useState(false);
  const all: TransferChoice = { kind: "tab", tab };
  const moving = summary.running + summary.waiting > 0;
  // Few people ever pause: the tab is there when it holds something.
  const tabs = TABS.filter((id) => id !== "paused" || summary.paused > 0 || tab === "paused");
  const pauseAll = () => {
    for (const which of ["waiting", "running"] as const) run(host.commands.pauseTransfers({ kind: "tab", tab: which }));
  };

  return (
    <section aria-label={words.transfers.title} className={styles.drawer} style={{ height: `min(${height}px, 40vh)` }}>
      <DrawerHandle height={height} onHeight={setHeight} />
      <header className={styles.head}>
        <h2 className={styles.title}>{words.transfers.title}</h2>
        <SegmentedControl
          label={words.transfers.tabsLabel}
          segments={tabs.map((id) => ({ id, label: words.transfers.tab(words.transfers.tabs[id], summary[id]) }))}
          value={tab}
          onChange={onTab}
        />
        <span className={styles.total}>{moving && progressText(summary)}</span>
        {(tab === "running" || tab === "waiting") && moving && (
          <Button look="quiet" onPress={pauseAll}>
            {words.transfers.pauseAll}
          </Button>
        )}
        {tab === "paused" && summary.paused > 0 && (
          <Button look="quiet" onPress={() => run(host.commands.resumeTransfers(all))}>
            {words.transfers.resumeAll}
          </Button>
        )}
        {(tab === "running" || tab === "waiting" || tab === "paused") && summary[tab] > 0 && (
          <Button look="quiet" onPress={() => setAsking(true)}>
            {words.transfers.cancelAll}
          </Button>
        )}
        {tab === "failed" && summary.failed > 0 && (
          <>
            <Button look="quiet" onPress={() => run(host.commands.retryTransfers(all))}>
              {words.transfers.retryAll}
            </Button>
            <Button look="quiet" onPress={() => run(host.commands.clearTransfers(all))}>
              {words.transfers.clearAll}
            </Button>
          </>
        )}
        {tab === "done" && summary.done > 0 && (
          <Button look="quiet" onPress={() => run(host.commands.clearTransfers(all))}>
            {words.transfers.clearAll}
          </Button>
        )}
        <IconButton label={words.transfers.close} onPress={onClose}>
          <ChevronDown />
        </IconButton>
      </header>
      {summary.leftUploads > 0 && <p className={styles.left}>{words.transfers.leftUploads(summary.leftUploads)}</p>}
      <TransferList tab={tab} summary={summary} onRun={run} />
      <ConfirmDialog
        isOpen={asking}
        danger
        title={words.transfers.cancelAllQuestion(summary[tab])}
        text={words.transfers.cancelAllText}
        confirm={words.transfers.cancelAllConfirm}
        cancel={words.transfers.keepGoing}
        onConfirm={() => {
          setAsking(false);
          run(host.commands.cancelTransfers(all));
        }}
        onClose={() => setAsking(false)}
      />
    </section>
  );
}
