// The file itself in large: a picture, a text, or a word that there is no preview and the way to have it anyway.
import { Download, FileQuestion, ImageOff } from "lucide-react";
import { type RefObject, useState } from "react";
import { S3Text } from "../components";
import { formatSize, kindOf } from "../format";
import type { Failure, Row, SpaceRef } from "../host";
import { Button, EmptyState } from "../kit";
import { words } from "../words";
import styles from "./FilePreview.module.css";
import { type Closer, Picture } from "./Picture";

/** What the host gives of a text. */
const TEXT_SHOWN = 65_536;

export type FilePreviewProps = {
  row: Row;
  space: SpaceRef;
  /** Takes what can be asked of a picture. */
  closer: RefObject<Closer | null>;
  /** The picture in large is there. */
  onShown: () => void;
  onDownload: () => void;
};

export function FilePreview({ row, space, closer, onShown, onDownload }: FilePreviewProps) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const { level, owner } = space;
  const where = { level, identityId: owner ?? undefined, version: row.etag };
  const download = (
    <Button icon={<Download />} onPress={onDownload}>
      {words.preview.download}
    </Button>
  );

  if (failure) {
    const known = failure.code !== "unexpected";
    const title = row.media === "text" ? words.preview.textFailed : words.preview.unreadable;
    return (
      <EmptyState
        isFailure
        icon={<ImageOff />}
        title={known ? failure.message : title}
        hint={known ? failure.hint : words.preview.unreadableHint}
        actions={download}
      />
    );
  }
  if (row.media === "image") {
    return <Picture row={row} space={space} closer={closer} onShown={onShown} onError={setFailure} />;
  }
  if (row.media === "text") {
    return (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text is scrolled by keys
      <div className={styles.paper} tabIndex={0} role="document" aria-label={row.name}>
        <S3Text {...where} textKey={row.key} className={styles.text} onError={setFailure} />
        {row.size > TEXT_SHOWN && (
          <p className={styles.cut}>{words.preview.cut(formatSize(TEXT_SHOWN), formatSize(row.size))}</p>
        )}
      </div>
    );
  }
  return (
    <EmptyState
      icon={<FileQuestion />}
      title={words.preview.noPreview(kindOf(row.name, row.media))}
      actions={download}
    />
  );
}
