// A tooltip only for text that did not fit: where everything can be read, a tooltip would cover the neighbours.
import type { PointerEvent } from "react";

/** For `onPointerEnter`: names the element in full while it, or a part of it, is cut. */
export function cutTitle(full: string) {
  return ({ currentTarget: element }: PointerEvent<HTMLElement>) => {
    if ([element, ...element.children].some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)) {
      element.title = full;
    } else element.removeAttribute("title");
  };
}
