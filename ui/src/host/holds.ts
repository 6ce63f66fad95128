// Which addresses are on show. A web view tells nobody that it does not want a picture any more which is on its way, so this does.

/** A tile that is back within this long was never gone, in milliseconds. */
export const LINGER = 150;

/** Says that an address is not on show here any more; whether it had arrived. */
export type Release = (arrived: boolean) => void;

/** Gives what notes that an address is on show; `leave` hears of those that nobody shows any more before they arrived. */
export function createHolds(leave: (urls: string[]) => void): (url: string) => Release {
  const held = new Map<string, number>();
  // Until when each may come back, the one that was left first in front.
  const left = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    const [next] = left.values();
    if (next !== undefined) timer ??= setTimeout(tell, Math.ceil(next - performance.now()));
  };
  const tell = () => {
    timer = undefined;
    const now = performance.now();
    const urls = [...left].filter(([, until]) => until <= now).map(([url]) => url);
    for (const url of urls) left.delete(url);
    if (urls.length > 0) leave(urls);
    wait();
  };
  return (url) => {
    held.set(url, (held.get(url) ?? 0) + 1);
    left.delete(url);
    return (arrived) => {
      const others = (held.get(url) ?? 1) - 1;
      if (others > 0) {
        held.set(url, others);
        return;
      }
      held.delete(url);
      if (arrived) return;
      left.set(url, performance.now() + LINGER);
      wait();
    };
  };
}
