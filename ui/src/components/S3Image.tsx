// A picture of the storage. The address is made by the host; the page sees bytes, never a signed link.
import { type CSSProperties, useLayoutEffect, useRef, useState } from "react";
import { type Failure, type FileUrlOptions, useHost } from "../host";
import styles from "./S3Image.module.css";
import { useStorageDefaults } from "./StorageDefaults";
import { type Translate, translated } from "./translate";
import { useHeld } from "./useHeld";
import { type ItemProps, useItem } from "./useItem";
import { useOnceMore } from "./useOnceMore";
import { useTilePicture } from "./useTilePicture";

export type S3ImageProps = ItemProps & {
  /** The key inside the level. Wins over `path` and `fileToKey`. */
  imgKey?: string;
  /** Shown while there is nothing to read: before a picker was used, or while `body` is stored. */
  src?: string;
  /** Said to screen readers; "" where the name stands beside it. */
  alt?: string;
  /** Longest edge of a thumbnail in CSS pixels; without it the picture comes in the size of a screen. */
  size?: number;
  /** With `size`: a small first look at once, the sharp thumbnail once it rests in view. */
  firstLook?: boolean;
  /** The file's ETag, so that a changed file is fetched anew. */
  version?: string;
  /** Fetched, but not drawn. */
  hidden?: boolean;
  /** Drawn as selected; or, as in the Angular set, told the picture's address when it is pressed. */
  selected?: boolean | ((url: string) => void);
  /** Shown instead, or made from `{ type: "image", key, content }`, where content is the address. */
  translate?: Translate;
  /** Styles by part; `style` goes over `photo`. */
  theme?: { photo?: CSSProperties };
  style?: CSSProperties;
  className?: string;
  /** The picture, or its first look, is there; told its address. Never for what only stands in for it. */
  onLoad?: (url: string) => void;
  /** The picture can't be read, shown or stored; told why. */
  onError?: (failure: Failure) => void;
  onClick?: () => void;
  /** The Angular set's event: the same as `onLoad`. */
  loaded?: (url: string) => void;
};

/** What comes within so many milliseconds stands there; fading in is for what was waited for. */
const FADES_AFTER_MS = 200;

/** Thumbnails are made for these edges, in device pixels. */
const EDGES = [128, 256, 512] as const;

export function S3Image(props: S3ImageProps) {
  const { imgKey, src, alt = "", size, firstLook = false, version = "" } = props;
  const { hidden, selected, style, className } = props;
  const { onLoad, loaded, onError, onClick } = props;
  const host = useHost();
  const defaults = useStorageDefaults();
  const { translate = defaults.translate, theme = defaults.theme } = props;
  const item = useItem(props, { given: imgKey, accept: "image/*", bodyType: "binary/octet-stream" });
  const { key, again, track } = item;
  const edge = size ? edgeFor(size) : undefined;
  const addressOf = (how: Partial<FileUrlOptions>) => {
    if (key === null) return null;
    const content = host.fileUrl(size ? "thumb" : "picture", item.space, key, { version, again, size: edge, ...how });
    return translated(translate, { type: "image", key, content });
  };
  const inSteps = firstLook && edge !== undefined;
  const {
    url,
    before,
    aside,
    drawnRef,
    drawn: place,
    asideRef,
    arrived,
    failed,
  } = useTilePicture({
    first: inSteps ? addressOf({ first: true, track }) : null,
    // Two looks at one picture are one get in the log.
    sharp: addressOf({ track: track && !inSteps }),
    edge: edge ?? 0,
  });
  const [shown, setShown] = useState<string | null>(null);
  const begun = useRef(0);
  useLayoutEffect(() => {
    begun.current = Date.now();
  }, [url]);
  const [waited, setWaited] = useState(false);
  const isThere = shown !== null && (shown === url || shown === before);
  const { isAgain, missed } = useOnceMore(url, (failure) => {
    // Its words stand for it.
    setShown(url);
    onError?.(failure);
  });

  useHeld(url, isThere, place);
  // Once it is there it is the one on show.
  useHeld(aside, false, place);

  const isSelected = selected === true;
  const isLoading = url !== null && !isThere;
  const classes = [isLoading && styles.loading, waited && styles.waited, isSelected && styles.selected, className];
  const drawn = url ?? src ?? null;
  // The element that was loaded aside is the one that is drawn next.
  const element = inSteps ? drawn : "picture";
  const picture = drawn !== null && (
    <img
      key={isAgain ? `again ${element}` : element}
      ref={drawnRef}
      src={drawn}
      alt={alt}
      draggable={false}
      decoding="async"
      style={{ ...theme?.photo, ...style, ...(hidden && { display: "none" }) }}
      className={classes.filter(Boolean).join(" ")}
      onLoad={() => {
        if (url === null) return;
        arrived();
        setShown(url);
        setWaited(Date.now() - begun.current > FADES_AFTER_MS);
        onLoad?.(url);
        loaded?.(url);
      }}
      onError={() => {
        if (!failed()) missed();
      }}
    />
  );
  const image = picture && (
    <>
      {picture}
      {aside !== null && (
        <img
          key={aside}
          ref={asideRef}
          src={aside}
          alt=""
          draggable={false}
          decoding="async"
          style={{ display: "none" }}
        />
      )}
    </>
  );
  const press = onClick || typeof selected === "function";
  const pressable =
    image && press ? (
      <button
        type="button"
        style={hidden ? { display: "none" } : undefined}
        className={styles.button}
        onClick={() => {
          onClick?.();
          if (typeof selected === "function" && url !== null) selected(url);
        }}
      >
        {image}
      </button>
    ) : (
      image
    );
  if (!item.picker) return pressable || null;
  return (
    <span className={styles.withPicker}>
      {pressable}
      {item.picker}
    </span>
  );
}

function edgeFor(size: number): number {
  const wanted = size * Math.min(2, globalThis.devicePixelRatio || 1);
  return EDGES.find((edge) => edge >= wanted) ?? 512;
}
