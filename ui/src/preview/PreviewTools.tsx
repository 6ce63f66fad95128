// The lightbox's bar: what can be done with the file on show.
import { BookImage, Download, ImageOff, Info, Pause, Play, Star, X, ZoomIn, ZoomOut } from "lucide-react";
import type { RefObject } from "react";
import type { CoverOffer } from "../album";
import type { Row } from "../host";
import { IconButton } from "../kit";
import { words } from "../words";
import type { Closer } from "./Picture";
import styles from "./PreviewDialog.module.css";
import type { Slideshow } from "./useSlideshow";

export type PreviewToolsProps = {
  /** Null until it is known. */
  row: Row | null;
  closer: RefObject<Closer | null>;
  slideshow: Slideshow;
  /** Nothing follows. */
  isLast: boolean;
  /** It is a favourite. */
  starred: boolean;
  cover: ReturnType<CoverOffer>;
  onStar: () => void;
  onInfo: () => void;
  onDownload: (row: Row) => void;
  onClose: () => void;
};

export function PreviewTools({ row, closer, slideshow, isLast, starred, cover, ...on }: PreviewToolsProps) {
  const { chooseCover, forgetCover } = cover;
  const setCover = chooseCover ?? forgetCover;
  return (
    <span className={styles.buttons}>
      {row?.media === "image" && (
        <>
          <IconButton label={words.preview.further} onPress={() => closer.current?.further()}>
            <ZoomOut />
          </IconButton>
          <IconButton label={words.preview.nearer} onPress={() => closer.current?.nearer()}>
            <ZoomIn />
          </IconButton>
        </>
      )}
      <IconButton
        label={slideshow.playing ? words.preview.pause : words.preview.play}
        isDisabled={isLast}
        onPress={slideshow.toggle}
      >
        {slideshow.playing ? <Pause /> : <Play />}
      </IconButton>
      <IconButton
        label={starred ? words.preview.unstar : words.preview.star}
        isDisabled={!row}
        className={starred ? styles.starred : undefined}
        onPress={on.onStar}
      >
        <Star fill={starred ? "currentColor" : "none"} />
      </IconButton>
      {setCover && (
        // One button for both, so that the keyboard stays on it.
        <IconButton label={chooseCover ? words.actions.chooseCover : words.actions.forgetCover} onPress={setCover}>
          {chooseCover ? <BookImage /> : <ImageOff />}
        </IconButton>
      )}
      <IconButton label={words.preview.info.title} isDisabled={!row} onPress={on.onInfo}>
        <Info />
      </IconButton>
      <IconButton label={words.preview.download} isDisabled={!row} onPress={() => row && on.onDownload(row)}>
        <Download />
      </IconButton>
      <IconButton label={words.preview.close} onPress={on.onClose}>
        <X />
      </IconButton>
    </span>
  );
}
