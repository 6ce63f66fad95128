// Where a move would go: from all places down to the folder.
import { ChevronRight } from "lucide-react";
import type { PlaceRef } from "../../host";
import { Button } from "../../kit";
import { crumbsOf } from "../../place";
import { words } from "../../words";
import styles from "./RelocateDialog.module.css";

export type TargetCrumbsProps = {
  /** Null: all places. */
  target: PlaceRef | null;
  onGo: (target: PlaceRef | null) => void;
};

export function TargetCrumbs({ target, onGo }: TargetCrumbsProps) {
  const crumbs = target ? crumbsOf(target) : [];
  const steps = [{ name: words.relocate.places, place: null }, ...crumbs];
  return (
    <nav aria-label={words.relocate.where} className={styles.crumbs}>
      <ol>
        {steps.map(({ name, place }, index) => {
          const last = index === steps.length - 1;
          return (
            <li key={place ? place.folder : "places"}>
              {index > 0 && <ChevronRight aria-hidden size={14} />}
              {last ? (
                <span aria-current="location">{name}</span>
              ) : (
                <Button look="link" onPress={() => onGo(place)}>
                  {name}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
