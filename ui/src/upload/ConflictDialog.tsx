// “report.pdf” is already in Public: both files side by side, and three answers. Comes at once, while other files go on.
import { useState } from "react";
import { useAppState, useCommand } from "../api";
import { exactDate, formatDate, formatSize, visibleName } from "../format";
import type { ConflictAnswer, ConflictSide, TransferRow } from "../host";
import { useHost } from "../host";
import { Button, Checkbox, Dialog } from "../kit";
import { infoOf, placePath } from "../place";
import { FailureNote } from "../session";
import { conflictAnswered, decideLater } from "../transfers";
import { words } from "../words";
import styles from "./ConflictDialog.module.css";
import { ConflictPicture } from "./ConflictPicture";
import { useConflict } from "./useConflict";

export function ConflictDialog() {
  const asked = useConflict();
  if (!asked) return null;
  return <Question key={asked.row.id} row={asked.row} others={asked.others} waiting={asked.waiting} />;
}

type QuestionProps = {
  row: TransferRow;
  /** How many more questions there are. */
  others: number;
  /** The transfers that would wait for "later". */
  waiting: readonly number[];
};

function Question({ row, others, waiting }: QuestionProps) {
  const { commands } = useHost();
  const { places } = useAppState();
  const { busy, failure, run } = useCommand();
  const [forAll, setForAll] = useState(false);
  const { conflict } = row;
  if (!conflict) return null;
  const name = visibleName(row.name);
  const where = placePath({ space: row.space, folder: row.folder });
  const { audience } = infoOf(row.space, places);
  const give = async (answer: ConflictAnswer) => {
    const done = await run(() => commands.answerConflict(row.id, answer, forAll));
    if (done !== undefined) conflictAnswered();
  };
  return (
    <Dialog
      isOpen
      onClose={() => decideLater(waiting)}
      role="alertdialog"
      size="medium"
      title={words.upload.conflictTitle(name, where)}
      footer={
        <>
          <Button look="quiet" onPress={() => decideLater(waiting)}>
            {words.upload.decideLater}
          </Button>
          <span className={styles.space} />
          <Button isDisabled={busy} onPress={() => void give("skip")}>
            {words.upload.skip}
          </Button>
          <Button isDisabled={busy} onPress={() => void give("replace")}>
            {words.upload.replace}
          </Button>
          <Button look="primary" autoFocus isDisabled={busy} onPress={() => void give("keepBoth")}>
            {words.upload.keepBoth}
          </Button>
        </>
      }
    >
      {conflict.appeared && <p>{words.upload.conflictAppeared}</p>}
      <div className={styles.cards}>
        <Side label={words.upload.conflictNew} side={conflict.new} other={conflict.there} row={row} />
        <Side label={words.upload.conflictThere(where)} side={conflict.there} other={conflict.new} row={row} />
      </div>
      <ul className={styles.prices}>
        <li>{words.upload.keepBothName(visibleName(conflict.keepBothName))}</li>
        <li>
          {words.upload.replacePrice} {audience === "everyoneChanges" && words.upload.replacePublic}
        </li>
      </ul>
      {others > 0 && (
        <Checkbox isSelected={forAll} onChange={setForAll}>
          {words.upload.forOthers(others)}
        </Checkbox>
      )}
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}

type SideProps = { label: string; side: ConflictSide; other: ConflictSide; row: TransferRow };

function Side({ label, side, other, row }: SideProps) {
  const [now] = useState(Date.now);
  const { modified, size } = side;
  const newer = modified !== null && other.modified !== null && modified > other.modified;
  return (
    <section aria-label={label} className={styles.card}>
      <ConflictPicture row={row} etag={side.etag} />
      <div className={styles.facts}>
        <h3 className={styles.label}>{label}</h3>
        <p>
          {formatSize(size)}
          {size > other.size && <span className={styles.more}> · {words.upload.larger}</span>}
        </p>
        <p title={modified === null ? undefined : exactDate(modified)}>
          {modified === null ? words.upload.noDate : formatDate(modified, now)}
          {newer && <span className={styles.more}> · {words.upload.newer}</span>}
        </p>
      </div>
    </section>
  );
}
