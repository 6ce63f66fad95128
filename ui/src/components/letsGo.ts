// What an `<img>` shows is decoded: 200 kB for a tile, a hundred MB for an original. Gone from the page it would keep that until
// garbage is collected.

/** For the `ref` of an `<img>` that comes and goes: once it is gone its pixels are, too. */
export function letsGo(element: HTMLImageElement): () => void {
  // Strict mode and a hot reload take the element away and give it back at once: it is on the page still.
  return () => queueMicrotask(() => !element.isConnected && element.removeAttribute("src"));
}
