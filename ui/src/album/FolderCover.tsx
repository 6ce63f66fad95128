// A folder among an album's pictures: its newest picture as a cover, its name below. One look into the folder, kept for a while.
import { useQuery } from "@tanstack/react-query";
import { Folder } from "lucide-react";
import { S3Image } from "../components";
import { useAppState } from "../api";
import { splitName } from "../format";
import { type Host, type Row, type SpaceRef, useHost } from "../host";
import { spaceId } from "../place";
import styles from "./FolderCover.module.css";

/** Sub-folders come first in every order; behind this many nobody looks for a picture. */
const REACH = 200;
const FRESH = 5 * 60_000;
const EDGE = 220;

export function FolderCover({ row, space }: { row: Row; space: SpaceRef }) {
  const host = useHost();
  const { storage, account } = useAppState();
  const who = account.kind === "person" ? account.username : account.kind;
  const { data: cover } = useQuery({
    queryKey: ["cover", storage?.id ?? "", who, spaceId(space), row.key],
    queryFn: () => coverOf(host, space, row.key),
    staleTime: FRESH,
    // A folder that can't be looked into has no cover, and is still a folder.
    retry: false,
  });
  const { head, tail } = splitName(row.name);
  return (
    <span className={styles.folder}>
      <span className={styles.cover}>
        {cover ? (
          <S3Image
            imgKey={cover.key}
            level={space.level}
            identityId={space.owner ?? undefined}
            version={cover.etag}
            size={EDGE}
            firstLook
            className={styles.picture}
          />
        ) : (
          <Folder aria-hidden size={28} strokeWidth={1.5} />
        )}
      </span>
      <bdi className={styles.name}>
        <span className={styles.head}>{head}</span>
        <span className={styles.tail}>{tail}</span>
      </bdi>
    </span>
  );
}

async function coverOf(host: Host, space: SpaceRef, folder: string): Promise<Row | null> {
  const { commands } = host;
  const { id } = await commands.openListing(
    { space, folder },
    { by: "taken", descending: true },
    { text: "", media: "pictures" },
  );
  try {
    const rows = await commands.rows(id, 0, REACH);
    return rows.find(({ kind, media }) => kind === "file" && media === "image") ?? null;
  } finally {
    await commands.closeListing(id);
  }
}
