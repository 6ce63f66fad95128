// The buttons at the end of a row: what helps it, in words where it matters. The same can be done by keys and by the menu.
import { Pause, Play, X } from "lucide-react";
import { visibleName } from "../format";
import type { TransferRow } from "../host";
import { Button, IconButton } from "../kit";
import { words } from "../words";
import styles from "./TransferButtons.module.css";
import { type Verb, verbsOf } from "./verbs";

/** Said in words; the others are marks. */
const IN_WORDS = {
  decide: words.transfers.decide,
  signIn: words.transfers.signIn,
  retry: words.transfers.tryAgain,
  show: words.transfers.showInFolder,
} as const;

const MARKS = {
  pause: { icon: Pause, label: words.transfers.pause },
  resume: { icon: Play, label: words.transfers.resume },
  cancel: { icon: X, label: words.transfers.cancel },
  clear: { icon: X, label: words.transfers.clear },
} as const;

export type TransferButtonsProps = { row: TransferRow; onRun: (verb: Verb) => void };

export function TransferButtons({ row, onRun }: TransferButtonsProps) {
  const name = visibleName(row.name);
  return (
    <span className={styles.buttons}>
      {verbsOf(row).map((verb) => {
        // It stands behind the row's words.
        if (verb === "report") return null;
        if (verb in IN_WORDS) {
          const said = verb as keyof typeof IN_WORDS;
          return (
            <Button
              key={verb}
              look={said === "show" ? "quiet" : "plain"}
              className={styles.button}
              aria-label={said === "retry" ? words.transfers.retry(name) : undefined}
              onPress={() => onRun(verb)}
            >
              {IN_WORDS[said]}
            </Button>
          );
        }
        const { icon: Icon, label } = MARKS[verb as keyof typeof MARKS];
        return (
          <IconButton
            key={verb}
            label={label(name)}
            className={styles.icon}
            excludeFromTabOrder
            onPress={() => onRun(verb)}
          >
            <Icon />
          </IconButton>
        );
      })}
    </span>
  );
}
