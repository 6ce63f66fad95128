// The open drawer: tabs, totals, rows that say everything about one transfer each. Its height is the person's, up to 40 % of the window.
import { useCallback, useMemo, useState } from "react";
import type { TransferRow, TransferSummary } from "../host";
import { formatSize, visibleName } from "../format";
import { ConfirmDialog } from "../kit";
import { words } from "../words";
import styles from "./Drawer.module.css";
import { DrawerHandle } from "./DrawerHandle";
import { DrawerHead } from "./DrawerHead";
import { ReportDialog } from "./ReportDialog";
import { TransferList } from "./TransferList";
import { TransferMenu } from "./TransferMenu";
import { useDrawerControls } from "./useDrawerControls";
import { type DrawerTab, useHistoryCount } from "./useTransferRows";
import { useTransferSelection } from "./useTransferSelection";
import { type CancelQuestion, useTransferVerbs } from "./useTransferVerbs";
import type { Verb } from "./verbs";

export type DrawerProps = {
  summary: TransferSummary;
  tab: DrawerTab;
  onTab: (tab: DrawerTab) => void;
  onClose: () => void;
};

export function Drawer({ summary: now, tab, onTab, onClose }: DrawerProps) {
  const remembered = useHistoryCount(now);
  const summary = useMemo(() => ({ ...now, done: remembered }), [now, remembered]);
  const [height, setHeight] = useState(260);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  // What needs an answer stands on top of what is in progress.
  const lead = tab === "running" ? summary.needsYou : 0;
  const total = lead + summary[tab];
  const selection = useTransferSelection({ tab, lead, total });
  const { run, order, clearHistory, question, answer, report, closeReport } = useTransferVerbs();
  useDrawerControls({ tab, selection, run, order, toggle: onClose });
  const runOne = useCallback((verb: Verb, row: TransferRow) => run(verb, [{ kind: "one", id: row.id }], 1, row), [run]);

  return (
    <section aria-label={words.transfers.title} className={styles.drawer} style={{ height: `min(${height}px, 40vh)` }}>
      <DrawerHandle height={height} onHeight={setHeight} />
      <DrawerHead
        summary={summary}
        tab={tab}
        onTab={onTab}
        selected={selection.count}
        onClearSelection={selection.clear}
        onAll={(verb) => run(verb, [{ kind: "tab", tab }], summary[tab], null)}
        onClearHistory={clearHistory}
        onClose={onClose}
      />
      {summary.leftUploads > 0 && <p className={styles.left}>{words.transfers.leftUploads(summary.leftUploads)}</p>}
      <TransferList tab={tab} summary={summary} lead={lead} selection={selection} onRun={runOne} onMenu={setMenu} />
      <TransferMenu at={menu} onClose={() => setMenu(null)} />
      {report && <ReportDialog row={report} onClose={closeReport} />}
      {question && <CancelDialog question={question} onAnswer={answer} />}
    </section>
  );
}

function CancelDialog({ question, onAnswer }: { question: CancelQuestion; onAnswer: (cancel: boolean) => void }) {
  const { name, count, sent } = question;
  const one = name !== null;
  return (
    <ConfirmDialog
      isOpen
      danger
      title={one ? words.transfers.cancelQuestion(visibleName(name)) : words.transfers.cancelAllQuestion(count)}
      text={one ? words.transfers.cancelText(formatSize(sent)) : words.transfers.cancelAllText(formatSize(sent))}
      confirm={one ? words.transfers.cancelConfirm : words.transfers.cancelAllConfirm}
      cancel={words.transfers.keepGoing}
      onConfirm={() => onAnswer(true)}
      onClose={() => onAnswer(false)}
    />
  );
}
