// The lightbox: one file at a time. Arrows go through the folder in its order, plus and minus come nearer, Escape closes.
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { CoverOffer } from "../album";
import type { Cursor, ListingState } from "../folder";
import { formatSize, visibleName } from "../format";
import type { PlaceRef, Row } from "../host";
import { IconButton } from "../kit";
import { words } from "../words";
import { FilePreview } from "./FilePreview";
import { Filmstrip } from "./Filmstrip";
import { useFavourites } from "./favourites";
import { InfoPanel } from "./InfoPanel";
import type { Closer } from "./Picture";
import styles from "./PreviewDialog.module.css";
import { PreviewTools } from "./PreviewTools";
import { useFacts } from "./useFacts";
import { usePreview } from "./usePreview";
import { useSlideshow } from "./useSlideshow";

export type PreviewDialogProps = {
  listing: ListingState;
  place: PlaceRef;
  /** Listing index of the file that was opened. */
  start: number;
  /** The pictures follow each other by themselves. */
  slideshow?: boolean;
  /** What can be done with the file on show for the folder's cover. */
  coverOf: CoverOffer;
  /** The file on show, so that the folder's keyboard follows. */
  onShow: (row: Cursor) => void;
  onDownload: (row: Row) => void;
  onClose: () => void;
};

/** What an arrow pushes a picture that is looked at closely, in pixels. */
const PUSH = 80;

export function PreviewDialog({ listing, place, start, slideshow = false, ...props }: PreviewDialogProps) {
  const { coverOf, onShow, onDownload, onClose } = props;
  const { space } = place;
  const { row, index, position, count, near, previous, next, go } = usePreview({ listing, space, start, onShow });
  const name = row ? visibleName(row.name) : "";
  const [shown, setShown] = useState<string | null>(null);
  const [info, setInfo] = useState(false);
  const facts = useFacts(listing, row, index);
  const favourites = useFavourites();
  const closer = useRef<Closer>(null);
  // What is no picture is there at once.
  const ready = row && (row.media !== "image" || shown === row.key) ? row.key : null;
  const show = useSlideshow(ready, next, slideshow);
  const starred = row !== null && favourites.has(space, row.key);
  const star = () => row && favourites.toggle(space, row.key);

  // The keys start at the picture, not at a button whose ring would stand out while paging.
  const inside = useRef<HTMLDivElement>(null);
  useEffect(() => inside.current?.focus(), []);

  const keys: Record<string, () => void> = {
    ArrowLeft: () => closer.current?.push(PUSH, 0) || previous?.(),
    ArrowRight: () => closer.current?.push(-PUSH, 0) || next?.(),
    ArrowUp: () => closer.current?.push(0, PUSH),
    ArrowDown: () => closer.current?.push(0, -PUSH),
    PageUp: () => previous?.(),
    PageDown: () => next?.(),
    "+": () => closer.current?.nearer(),
    "=": () => closer.current?.nearer(),
    "-": () => closer.current?.further(),
    "0": () => closer.current?.whole(),
    f: star,
    i: () => setInfo((now) => !now),
    p: show.toggle,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = keys[event.key];
    const onButton = event.target instanceof Element && event.target.closest("button") !== null;
    if (key) key();
    else if (event.key === " " && !onButton) onClose();
    else return;
    event.preventDefault();
  };

  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && onClose()} className={styles.overlay} data-lightbox>
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
              <PreviewTools
                row={row}
                closer={closer}
                slideshow={show}
                isLast={!next}
                starred={starred}
                cover={coverOf(row)}
                onStar={star}
                onInfo={() => setInfo(!info)}
                onDownload={onDownload}
                onClose={onClose}
              />
            </header>
            <div className={styles.body}>
              <div className={styles.stage}>
                {row && (
                  <FilePreview
                    key={row.key + row.etag}
                    row={row}
                    space={space}
                    closer={closer}
                    onShown={() => setShown(row.key)}
                    onDownload={() => onDownload(row)}
                  />
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
              {info && row && <InfoPanel row={row} place={place} facts={facts} />}
            </div>
            {!show.playing && <Filmstrip {...near} index={index} space={space} onGo={go} />}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
