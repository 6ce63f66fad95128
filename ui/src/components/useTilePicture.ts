// A tile's picture in two steps: the first look at once, the sharp one only once the tile rests in view. A tile that rushes by
// costs the beginning of its file, not all of it.
import { type RefCallback, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { letsGo } from "./letsGo";

/** In view and nothing scrolls for this long: somebody looks at it. */
export const REST = 300;

export type TileLooks = {
  /** Address of the first look; null: the sharp picture at once. */
  first: string | null;
  /** Address of the sharp picture; null: nothing to show yet. */
  sharp: string | null;
  /** Longest edge that is wanted, in device pixels. */
  edge: number;
};

export type TilePicture = {
  /** What to draw now. */
  url: string | null;
  /** What may still be on show when `url` is new. */
  before: string | null;
  /** To be fetched into an undrawn `<img>`, which then becomes the one drawn: the host's answers are never fetched twice. */
  aside: string | null;
  /** Belongs to the `<img>` that draws, which lets go of its pixels when it is gone. */
  drawnRef: RefCallback<HTMLImageElement>;
  /** That `<img>`: where the picture stands. */
  drawn: RefObject<HTMLImageElement | null>;
  /** Belongs to the one aside. */
  asideRef: RefObject<HTMLImageElement | null>;
  /** To be called when `url` has arrived. */
  arrived: () => void;
  /** To be called when `url` gives nothing; true: another address stands in. */
  failed: () => boolean;
};

export function useTilePicture({ first, sharp, edge }: TileLooks): TilePicture {
  const drawn = useRef<HTMLImageElement>(null);
  const drawnRef = useCallback((element: HTMLImageElement) => {
    drawn.current = element;
    const letGo = letsGo(element);
    return () => {
      drawn.current = null;
      letGo();
    };
  }, []);
  const asideRef = useRef<HTMLImageElement>(null);
  // Addresses, so that what was known of one picture says nothing about the next one in the same tile.
  const [improvable, setImprovable] = useState<string | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const isFirst = first !== null && first !== sharp && chosen !== sharp;
  const waits = isFirst && improvable === first;
  const aside = waits && asked === sharp ? sharp : null;

  useEffect(() => {
    if (!waits || !drawn.current) return undefined;
    return whileResting(drawn.current, () => {
      setAsked(sharp);
      return () => setAsked(null);
    });
  }, [waits, sharp]);

  useEffect(() => {
    const element = asideRef.current;
    if (aside === null || !element) return undefined;
    let open = true;
    element.decode().then(
      () => {
        if (!open) return;
        open = false;
        setChosen(aside);
      },
      // The first look stays; the tile tries again when it next comes into view.
      () => undefined,
    );
    return () => {
      // Without a source the web view gives up the request.
      if (open) element.removeAttribute("src");
      open = false;
    };
  }, [aside]);

  return {
    url: isFirst ? first : sharp,
    before: first,
    aside,
    drawnRef,
    drawn,
    asideRef,
    arrived: () => {
      const { naturalWidth = 0, naturalHeight = 0 } = drawn.current ?? {};
      // The host makes a first look as small as the tile where it is large enough: then it is the sharp one.
      if (isFirst && Math.max(naturalWidth, naturalHeight) < edge) setImprovable(first);
    },
    failed: () => {
      if (isFirst) setChosen(sharp);
      return isFirst;
    },
  };
}

/** Begins once the element rests in view, and cancels what was begun when it leaves. */
function whileResting(element: Element, begin: () => () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cancel: (() => void) | null = null;
  const wait = () => {
    if (cancel) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      cancel = begin();
    }, REST);
  };
  // Scrolling does not bubble; whichever ancestor scrolls is heard on the way down.
  const leave = () => {
    document.removeEventListener("scroll", wait, true);
    clearTimeout(timer);
    cancel?.();
    cancel = null;
  };
  const observer = new IntersectionObserver((entries) => {
    leave();
    if (!entries.at(-1)?.isIntersecting) return;
    document.addEventListener("scroll", wait, { capture: true, passive: true });
    wait();
  });
  observer.observe(element);
  return () => {
    observer.disconnect();
    leave();
  };
}
