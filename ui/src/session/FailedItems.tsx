// The items that a job could not do: every name with its reason, none cut off.
import { visibleName } from "../format";
import type { NamedFailure } from "../host";
import { words } from "../words";
import styles from "./FailedItems.module.css";

export type FailedItemsProps = {
  /** Those that are listed. */
  failed: readonly NamedFailure[];
  /** How many there are in all; what is not listed is counted. */
  count: number;
};

export function FailedItems({ failed, count }: FailedItemsProps) {
  return (
    <ul className={styles.list} data-selectable>
      {failed.map(({ name, failure }) => (
        <li key={name}>
          <strong className={styles.name}>{visibleName(name)}</strong>
          <p>
            {failure.message} {failure.hint}
          </p>
        </li>
      ))}
      {count > failed.length && <li>{words.failure.andMore(count - failed.length)}</li>}
    </ul>
  );
}
