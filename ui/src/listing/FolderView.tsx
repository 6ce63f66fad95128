// The folder on screen, or all albums in its stead. Remembers order and place of the keyboard while the person walks around;
// each folder opens anew.
import { useCallback, useState } from "react";
import { AlbumsPage } from "../album";
import { useAppState } from "../api";
import { HeldListingsProvider } from "../folder";
import type { Sort } from "../host";
import { spaceId, usePlace } from "../place";
import { RowDrag } from "./drag/RowDrag";
import { OpenFolder } from "./OpenFolder";

export function FolderView() {
  const { place, page } = usePlace();
  const [sort, setSort] = useState<Sort>({ by: "name", descending: false });
  const [left, setLeft] = useState<ReadonlyMap<string, string>>(new Map());
  const { account, storage, problem } = useAppState();
  // Rust closes every listing when somebody else signs in or the storage is opened anew: then the folder opens anew too,
  // and what is dragged, or was selected where a drag left, is no more.
  const who = account.kind === "person" ? account.username : account.kind;
  const session = [storage?.id, who, problem === null].join("\n");
  const here = [session, spaceId(place.space), place.folder].join("\n");

  const onLeave = useCallback(
    (key: string | null) => {
      if (key !== null) setLeft((now) => new Map([...now, [here, key]]));
    },
    [here],
  );

  return (
    <HeldListingsProvider>
      <RowDrag key={session}>
        {page === "albums" ? (
          <AlbumsPage />
        ) : (
          <OpenFolder
            key={here}
            place={place}
            sort={sort}
            onSort={setSort}
            focusKey={left.get(here) ?? null}
            onLeave={onLeave}
          />
        )}
      </RowDrag>
    </HeldListingsProvider>
  );
}
