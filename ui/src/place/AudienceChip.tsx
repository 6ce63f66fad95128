// Who can read this, in the same words and marks everywhere; a press explains who "everyone" is.
import { Button } from "react-aria-components";
import { useAppState } from "../api";
import type { Audience } from "../host";
import { Popover } from "../kit";
import { words } from "../words";
import styles from "./AudienceChip.module.css";
import { AudienceMark } from "./AudienceMark";

export type AudienceChipProps = {
  audience: Audience;
  /** Where there is little room: the mark and the short words. */
  short?: boolean;
};

export function AudienceChip({ audience, short = false }: AudienceChipProps) {
  const { storage } = useAppState();
  const text = (short ? words.place.audienceShort : words.place.audience)[audience];
  return (
    <Popover
      label={words.place.explanation}
      trigger={
        <Button
          aria-label={words.place.whoCanRead(words.place.audience[audience])}
          className={`${styles.chip} ${styles[audience]}`}
        >
          <AudienceMark audience={audience} size={14} />
          <span className={styles.words}>{text}</span>
        </Button>
      }
    >
      <div className={styles.explanation}>
        <p className={styles.title}>
          <AudienceMark audience={audience} /> {words.place.audience[audience]}
        </p>
        <p>{words.place.audienceExplained[audience]}</p>
        {audience !== "onlyYou" && <p>{words.place.everyone(storage?.guests ?? true)}</p>}
        <p>{words.place.administrators}</p>
      </div>
    </Popover>
  );
}
