// The head of the drawer: tabs, totals, and what can be done with the selection, or with all of the tab.
import { ChevronDown, X } from "lucide-react";
import { Toolbar } from "react-aria-components";
import { type ActionId, useAction } from "../actions";
import type { TransferSummary } from "../host";
import { Button, IconButton, SegmentedControl } from "../kit";
import { words } from "../words";
import styles from "./DrawerHead.module.css";
import { progressText } from "./line";
import type { DrawerTab } from "./useTransferRows";
import type { Verb } from "./verbs";

const TABS: readonly DrawerTab[] = ["needsYou", "running", "waiting", "paused", "failed", "done"];

const SELECTION_TOOLS = [
  "transferResume",
  "transferPause",
  "transferRetry",
  "transferFirst",
  "transferSooner",
  "transferLater",
  "transferLast",
] as const;

/** What is offered for all of a tab. */
const ALL: Record<DrawerTab, readonly (readonly [Verb, string])[]> = {
  needsYou: [],
  running: [
    ["pause", words.transfers.pauseAll],
    ["cancel", words.transfers.cancelAll],
  ],
  waiting: [
    ["pause", words.transfers.pauseAll],
    ["cancel", words.transfers.cancelAll],
  ],
  paused: [
    ["resume", words.transfers.resumeAll],
    ["cancel", words.transfers.cancelAll],
  ],
  failed: [
    ["retry", words.transfers.retryAll],
    ["clear", words.transfers.clearAll],
  ],
  done: [],
};

export type DrawerHeadProps = {
  summary: TransferSummary;
  tab: DrawerTab;
  onTab: (tab: DrawerTab) => void;
  /** How many transfers are selected. */
  selected: number;
  onClearSelection: () => void;
  /** A verb for all of the tab. */
  onAll: (verb: Verb) => void;
  onClearHistory: () => void;
  onClose: () => void;
};

export function DrawerHead(props: DrawerHeadProps) {
  const { summary, tab, onTab, selected, onClearSelection, onAll, onClearHistory, onClose } = props;
  const moving = summary.running + summary.waiting > 0;
  // Few people ever pause: the tab is there when it holds something.
  const tabs = TABS.filter((id) => id !== "paused" || summary.paused > 0 || tab === "paused");
  return (
    <header className={styles.head}>
      <h2 className={styles.title}>{words.transfers.title}</h2>
      <SegmentedControl
        label={words.transfers.tabsLabel}
        segments={tabs.map((id) => ({ id, label: words.transfers.tab(words.transfers.tabs[id], summary[id]) }))}
        value={tab}
        onChange={onTab}
      />
      {selected > 0 ? (
        <SelectionTools selected={selected} onClear={onClearSelection} />
      ) : (
        <>
          <span className={styles.total}>{moving && progressText(summary)}</span>
          {summary[tab] > 0 &&
            ALL[tab].map(([verb, label]) => (
              <Button key={verb} look="quiet" className={styles.all} onPress={() => onAll(verb)}>
                {label}
              </Button>
            ))}
          {tab === "done" && summary.done > 0 && (
            <Button look="quiet" className={styles.all} onPress={onClearHistory}>
              {words.transfers.clearHistory}
            </Button>
          )}
        </>
      )}
      <IconButton label={words.transfers.close} onPress={onClose}>
        <ChevronDown />
      </IconButton>
    </header>
  );
}

function SelectionTools({ selected, onClear }: { selected: number; onClear: () => void }) {
  return (
    <Toolbar aria-label={words.transfers.selectionTools} className={styles.tools}>
      <span role="status" className={styles.count}>
        {words.frame.selected(selected)}
      </span>
      {SELECTION_TOOLS.map((id) => (
        <Tool key={id} id={id} />
      ))}
      <Tool id="transferCancel" />
      <Tool id="transferClear" />
      <IconButton label={words.transfers.unselect} onPress={onClear}>
        <X />
      </IconButton>
    </Toolbar>
  );
}

/** Left out while it makes no sense. */
function Tool({ id }: { id: ActionId }) {
  const action = useAction(id);
  if (action.isDisabled) return null;
  return (
    <IconButton label={action.label} onPress={action.run}>
      {action.icon}
    </IconButton>
  );
}
