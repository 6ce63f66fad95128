// How high what lies at the bottom of the window is, as `--footer` for what must not lie over it: the drawer grows and shrinks.
import { type RefObject, useLayoutEffect } from "react";

export function useFooterHeight(footer: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = footer.current;
    if (!element) return undefined;
    const { style } = document.documentElement;
    const measure = () => style.setProperty("--footer", `${element.offsetHeight}px`);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty("--footer");
    };
  }, [footer]);
}
