// The line at the bottom of the window, and above it, when opened, the drawer. Not there while nothing was ever sent.
import { ArrowDownUp, ChevronUp, CircleAlert, CircleCheck, Info, MessageCircleQuestion, Pause } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useControls } from "../actions";
import { toFailure } from "../api";
import { type TransferSummary, type TransferTab, useHost } from "../host";
import { Button, IconButton, ProgressBar, toast } from "../kit";
import { words } from "../words";
import { askConflict } from "./conflicts";
import { Drawer } from "./Drawer";
import { type Line, lineOf } from "./line";
import styles from "./TransfersDrawer.module.css";
import type { DrawerTab } from "./useTransferRows";
import { useTransferSummary } from "./useTransferSummary";

export function TransfersDrawer() {
  const host = useHost();
  const summary = useTransferSummary();
  const [open, setOpen] = useState(false);
  const [tab, setTab] = useState<DrawerTab>("running");
  const close = useCallback(() => setOpen(false), []);
  const show = useCallback((which: DrawerTab) => {
    setTab(which);
    setOpen(true);
  }, []);
  // A notice of the desktop leads to what it speaks of.
  useEffect(() => host.listen("noticeClicked", (which) => show(drawerTab(which))), [host, show]);
  if (open) return <Drawer summary={summary} tab={tab} onTab={setTab} onClose={close} />;
  return <TransfersLine summary={summary} onShow={show} />;
}

function drawerTab(tab: TransferTab): DrawerTab {
  return tab === "all" ? "running" : tab;
}

type TransfersLineProps = {
  summary: TransferSummary;
  /** Opens the drawer at this tab. */
  onShow: (tab: DrawerTab) => void;
};

function TransfersLine({ summary, onShow }: TransfersLineProps) {
  const { commands } = useHost();
  const line = lineOf(summary);
  // What the line speaks of, by a press or by the key.
  const tab = drawerTab(line?.tab ?? "all");
  const showLine = useCallback(() => onShow(tab), [onShow, tab]);
  const controls = useMemo(
    () => ({ open: false, toggle: showLine, can: () => false, run: () => undefined }),
    [showLine],
  );
  useControls("transfers", controls);
  if (!line) return null;
  const resume = () => {
    commands.resumeTransfers({ kind: "tab", tab: "paused" }).catch((thrown: unknown) => {
      const { message, hint } = toFailure(thrown);
      toast({ text: message, hint, tone: "bad" });
    });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the button in it has the keys
    <section
      aria-label={words.transfers.title}
      className={styles.line}
      onClick={(event) => event.target instanceof Element && !event.target.closest("button") && showLine()}
    >
      <Mark kind={line.kind} />
      <span role="status" className={`${styles.text} ${styles[line.kind]}`}>
        {line.text}
      </span>
      {line.kind === "needsYou" && <Button onPress={() => askConflict()}>{words.transfers.decide}</Button>}
      {line.kind === "failed" && <Button onPress={() => onShow("failed")}>{words.transfers.show}</Button>}
      {line.kind === "paused" && <Button onPress={resume}>{words.transfers.goOn}</Button>}
      {line.progress !== null && (
        <span className={styles.bar}>
          <ProgressBar label={words.transfers.totalProgress} value={line.progress} ahead={line.ahead} />
        </span>
      )}
      <span className={styles.detail}>{line.detail}</span>
      <IconButton label={words.transfers.open} className={styles.toggle} onPress={showLine}>
        <ChevronUp />
      </IconButton>
    </section>
  );
}

const MARKS = {
  needsYou: MessageCircleQuestion,
  failed: CircleAlert,
  moving: ArrowDownUp,
  paused: Pause,
  finished: CircleCheck,
  left: Info,
};

function Mark({ kind }: { kind: Line["kind"] }) {
  const Icon = MARKS[kind];
  return <Icon aria-hidden size={17} strokeWidth={1.75} className={`${styles.mark} ${styles[kind]}`} />;
}
