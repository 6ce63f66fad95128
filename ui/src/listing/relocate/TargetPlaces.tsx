// The places that something can be moved to. Those that nobody can add to are there and say so.
import { ListBox, ListBoxItem, Text } from "react-aria-components";
import type { PlaceInfo, PlaceRef } from "../../host";
import { AudienceMark, spaceId, spaceName } from "../../place";
import { words } from "../../words";
import styles from "./RelocateDialog.module.css";

export type TargetPlacesProps = { places: readonly PlaceInfo[]; onGo: (target: PlaceRef) => void };

export function TargetPlaces({ places, onGo }: TargetPlacesProps) {
  return (
    <ListBox
      autoFocus
      aria-label={words.relocate.places}
      className={styles.list}
      disabledKeys={places.filter(({ verbs }) => !verbs.write).map(({ space }) => spaceId(space))}
      onAction={(id) => {
        const chosen = places.find(({ space }) => spaceId(space) === id);
        if (chosen) onGo({ space: chosen.space, folder: "" });
      }}
    >
      {places.map(({ space, audience }) => (
        <ListBoxItem key={spaceId(space)} id={spaceId(space)} textValue={spaceName(space)} className={styles.row}>
          <AudienceMark audience={audience} />
          <Text slot="label" className={styles.name}>
            {spaceName(space)}
          </Text>
          <Text slot="description" className={styles.audience}>
            {words.place.audienceShort[audience]}
          </Text>
        </ListBoxItem>
      ))}
    </ListBox>
  );
}
