// What stands in an S3Album where its items would be: it is being read, there are none, or why it can't be read.
import { Images } from "lucide-react";
import type { Failure } from "../host";
import { EmptyState, Skeleton } from "../kit";
import { FailureFace } from "../session";
import { words } from "../words";
import styles from "./S3Album.module.css";

export type AlbumFaceProps = { face: "loading" | "empty" | Failure; onRetry: () => void };

const TILES = ["a", "b", "c", "d", "e", "f"];

export function AlbumFace({ face, onRetry }: AlbumFaceProps) {
  if (face === "empty") {
    return (
      <div className={styles.empty}>
        <EmptyState icon={<Images />} title={words.components.albumEmpty} />
      </div>
    );
  }
  if (face !== "loading") return <FailureFace failure={face} onRetry={onRetry} />;
  return (
    <div role="status" aria-busy aria-label={words.components.albumLoading} className={styles.loading}>
      {TILES.map((tile) => (
        <Skeleton key={tile} width="220px" height="165px" />
      ))}
    </div>
  );
}
