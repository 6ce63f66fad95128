// The folders of one folder, to go on into one of them. Of very many the first are shown, and a part of the name finds the rest.
import { ChevronRight, Folder } from "lucide-react";
import { useMemo, useState } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import { useListing, useRows } from "../../folder";
import type { PlaceRef, Row } from "../../host";
import { Skeleton, TextField } from "../../kit";
import { placeName } from "../../place";
import { FailureNote } from "../../session";
import { words } from "../../words";
import styles from "./RelocateDialog.module.css";

export type TargetFoldersProps = { place: PlaceRef; onGo: (target: PlaceRef) => void };

/** More are found by their names: nobody walks down a longer list. */
const SHOWN = 200;

const BY_NAME = { by: "name" as const, descending: false };

export function TargetFolders({ place, onGo }: TargetFoldersProps) {
  const [text, setText] = useState("");
  const query = useMemo(() => ({ place, sort: BY_NAME, filter: { text, media: "folders" as const } }), [place, text]);
  const listing = useListing(query);
  const { count, complete, failure } = listing;
  const shown = Math.min(count, SHOWN);
  const rowAt = useRows(listing, 0, shown);
  const rows = Array.from({ length: shown }, (_, index) => rowAt(index)).filter((row): row is Row => row !== undefined);
  return (
    <>
      <TextField
        labelHidden
        label={words.relocate.find}
        placeholder={words.relocate.find}
        value={text}
        onChange={setText}
      />
      {failure && count === 0 ? (
        <FailureNote failure={failure} />
      ) : (
        <ListBox
          aria-label={words.relocate.folders(placeName(place))}
          className={styles.list}
          items={rows}
          onAction={(id) => {
            const chosen = rows.find((row) => row.id === id);
            if (chosen) onGo({ space: place.space, folder: chosen.key });
          }}
          renderEmptyState={() =>
            complete || count > 0 ? <Nothing text={text} /> : <Skeleton width="180px" height="14px" />
          }
        >
          {(row) => (
            <ListBoxItem id={row.id} textValue={row.name} className={styles.row}>
              <Folder aria-hidden size={16} className={styles.folder} />
              <bdi className={styles.name}>{row.name}</bdi>
              <ChevronRight aria-hidden size={14} className={styles.into} />
            </ListBoxItem>
          )}
        </ListBox>
      )}
      {count > shown && <p className={styles.more}>{words.relocate.more(count - shown)}</p>}
    </>
  );
}

function Nothing({ text }: { text: string }) {
  return <p className={styles.nothing}>{text === "" ? words.relocate.noFolders : words.relocate.noMatch(text)}</p>;
}
