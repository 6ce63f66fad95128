// Which of the pictures on their way is wanted most: the nearest to what is seen. Told again when the view scrolls, since a web
// view asks for pictures in the order of the page, and for those above what is seen first.

/** While the view scrolls, in milliseconds. */
export const EVERY = 100;

/** Where a picture will stand; null: nowhere now. */
export type Whereabouts = () => Element | null;

/** Notes that the picture at an address is awaited, until the returned function is called. */
export type Await = (url: string, where: Whereabouts) => () => void;

/** `tell` hears the addresses that are awaited, the nearest first, whenever their order may be another one. */
export function createAwaited(tell: (urls: string[]) => void): Await {
  const awaited = new Map<symbol, { url: string; where: Whereabouts }>();
  let planned = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = "";

  const look = () => {
    const urls = nearestFirst([...awaited.values()]);
    const now = urls.join("\n");
    if (urls.length === 0 || now === told) return;
    told = now;
    tell(urls);
  };
  const onScroll = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      look();
    }, EVERY);
  };
  return (url, where) => {
    const id = Symbol(url);
    // Scrolling does not bubble; whichever element scrolls is heard on the way down.
    if (awaited.size === 0) document.addEventListener("scroll", onScroll, { capture: true, passive: true });
    awaited.set(id, { url, where });
    // Once for all that come at the same time.
    if (!planned) {
      planned = true;
      queueMicrotask(() => {
        planned = false;
        look();
      });
    }
    return () => {
      awaited.delete(id);
      if (awaited.size === 0) document.removeEventListener("scroll", onScroll, { capture: true });
    };
  };
}

function nearestFirst(awaited: readonly { url: string; where: Whereabouts }[]): string[] {
  const placed = awaited.flatMap(({ url, where }) => {
    const element = where();
    return element ? [{ url, ...distanceOf(element.getBoundingClientRect()) }] : [];
  });
  const sorted = placed.toSorted((a, b) => a.outside - b.outside || a.fromMiddle - b.fromMiddle);
  return [...new Set(sorted.map(({ url }) => url))];
}

/** How far something lies outside of the window, and its middle from the window's, in pixels. */
function distanceOf({ left, right, top, bottom }: DOMRect): { outside: number; fromMiddle: number } {
  const { innerWidth, innerHeight } = window;
  return {
    outside: beyond(left, right, innerWidth) + beyond(top, bottom, innerHeight),
    fromMiddle: Math.hypot((left + right - innerWidth) / 2, (top + bottom - innerHeight) / 2),
  };
}

function beyond(from: number, to: number, end: number): number {
  return Math.max(0, -to, from - end);
}
