// Above an album: what it shows, and adding pictures to it.
import { ImagePlus, ListFilter, X } from "lucide-react";
import { useState } from "react";
import type { PlaceRef } from "../host";
import { Button, IconButton, Popover } from "../kit";
import { usePlace } from "../place";
import { words } from "../words";
import { AddPicturesDialog } from "./AddPicturesDialog";
import styles from "./AlbumTools.module.css";
import { FilterFields } from "./FilterFields";
import { filterSummary } from "./filterSummary";
import { type AlbumFilterState, EVERYTHING } from "./useAlbumFilter";

export type AlbumToolsProps = { place: PlaceRef; filter: AlbumFilterState };

export function AlbumTools({ place, filter: { filter, failure, save } }: AlbumToolsProps) {
  const { info } = usePlace();
  const [adding, setAdding] = useState(false);
  const summary = filter === null ? "" : filterSummary(filter);
  return (
    <div role="group" aria-label={words.albumBar.bar} className={styles.bar}>
      <Popover
        label={words.albumBar.filterTitle}
        trigger={
          <Button look="quiet" icon={<ListFilter />}>
            {summary === "" ? words.albumBar.filter : words.albumBar.filterOn}
          </Button>
        }
      >
        <FilterFields filter={filter} failure={failure} onChange={save} />
      </Popover>
      {summary !== "" && (
        <span className={styles.summary}>
          <bdi className={styles.text}>{summary}</bdi>
          <IconButton label={words.albumBar.everything} onPress={() => save(EVERYTHING)}>
            <X />
          </IconButton>
        </span>
      )}
      {info.verbs.write && (
        <Button look="quiet" icon={<ImagePlus />} className={styles.add} onPress={() => setAdding(true)}>
          {words.albumBar.add}
        </Button>
      )}
      {adding && <AddPicturesDialog place={place} onClose={() => setAdding(false)} />}
    </div>
  );
}
