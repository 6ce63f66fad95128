// The lightbox: one file at a time, arrows go through the folder in its order, Escape closes. Neighbours are fetched ahead.
import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { Cursor, ListingState } from "../folder";
import { formatSize, visibleName } from "../format";
import type { Row, SpaceRef } from "../host";
import { IconButton } from "../kit";
import { words } from "../words";
import { FilePreview } from "./FilePreview";
import styles from "./PreviewDialog.module.css";
import { usePreview } from "./usePreview";

export type PreviewDialogProps = {
  listing: ListingState;
  space: SpaceRef;
  /** Listing index of the file that was opened. */
  start: number;
  /** The file on show, so that the folder's keyboard follows. */
  onShow: (row: Cursor) => void;
  onDownload: (row: Row) => void;
  onClose: () => void;
};

export function PreviewDialog({ listing, space, start, onShow, onDownload, onClose }: PreviewDialogProps) {
  const { row, position, count, previous, next } = usePreview({ listing, space, start, onShow });
  const name = row ? visibleName(row.name) : "";

  // The keys start at the picture, not at a button whose ring would stand out while paging.
  const inside = useRef<HTMLDivElement>(null);
  useEffect(() => inside.current?.focus(), []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") previous?.();
    else if (event.key === "ArrowRight") next?.();
    else if (event.key === " " && event.target instanceof Element && !event.target.closest("button")) onClose();
    else return;
    event.preventDefault();
  };

  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && onClose()} className={styles.overlay}>
      <Modal className={styles.modal}>
        <Dialog aria-label={words.preview.title(name)} className={styles.dialog}>
          {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the whole dialog */}
          <div ref={inside} tabIndex={-1} className={styles.inside} onKeyDown={onKeyDown}>
            <header className={styles.head}>
              <Heading slot="title" level={2} className={styles.name}>
                {name}
              </Heading>
              {row && (
                <span className={styles.facts}>
                  {words.preview.position(position, count)} · {formatSize(row.size)}
                </span>
              )}
              <span className={styles.buttons}>
                <IconButton label={words.preview.download} isDisabled={!row} onPress={() => row && onDownload(row)}>
                  <Download />
                </IconButton>
                <IconButton label={words.preview.close} onPress={onClose}>
                  <X />
                </IconButton>
              </span>
            </header>
            <div className={styles.stage}>
              {row && (
                <FilePreview key={row.key + row.etag} row={row} space={space} onDownload={() => onDownload(row)} />
              )}
              <IconButton
                label={words.preview.previous}
                isDisabled={!previous}
                className={`${styles.turn} ${styles.previous}`}
                onPress={() => previous?.()}
              >
                <ChevronLeft />
              </IconButton>
              <IconButton
                label={words.preview.next}
                isDisabled={!next}
                className={`${styles.turn} ${styles.next}`}
                onPress={() => next?.()}
              >
                <ChevronRight />
              </IconButton>
            </div>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
