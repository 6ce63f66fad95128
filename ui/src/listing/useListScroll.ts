// The scroll position of the list: which rows it shows, and that the same rows stay in view when the listing changes.
import { type WheelEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { type Cursor, type ListingState, useFetchRows } from "../folder";
import { useHost } from "../host";
import { ROW, rowWindow, type Scroll, scrollToRow } from "./rowWindow";

/** Before the first layout, and where there is none (tests). */
const USUAL_VIEWPORT = 640;

export function useListScroll(listing: ListingState, focus: Cursor | null) {
  const host = useHost();
  const { id, revision, count } = listing;
  const fetchRows = useFetchRows(listing);
  const scroller = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [viewport, setViewport] = useState(USUAL_VIEWPORT);
  // The scrollbar's width, so that the head stands over its columns.
  const [bar, setBar] = useState(0);
  const scroll = useMemo<Scroll>(() => ({ count, scrollTop, viewport }), [count, scrollTop, viewport]);
  const shown = useMemo(() => rowWindow(scroll), [scroll]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => {
      setViewport(element.clientHeight || USUAL_VIEWPORT);
      setBar(Math.max(0, element.offsetWidth - element.clientWidth));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // The content decides whether there is a scrollbar.
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);

  const goTo = useCallback((top: number) => {
    if (scroller.current) scroller.current.scrollTop = top;
    setScrollTop(Math.max(0, top));
  }, []);
  const onScroll = useCallback(() => setScrollTop(scroller.current?.scrollTop ?? 0), []);
  // A scaled list would rush by: the wheel moves as many rows as in any other list.
  const onWheel = (event: WheelEvent) => {
    if (shown.ratio > 1 && event.deltaMode === 0 && scroller.current) {
      scroller.current.scrollTop += event.deltaY / shown.ratio - event.deltaY;
    }
  };
  const showRow = useCallback(
    (index: number) => {
      const top = scrollToRow(index, scroll);
      if (top !== scroll.scrollTop) goTo(top);
    },
    [scroll, goTo],
  );

  // The row that the eye holds on to: the one under the keyboard if it is in view, else the topmost.
  const held = useRef<{ id: number | null; revision: number; key: string; index: number } | null>(null);
  const inView = focus !== null && focus.index >= shown.top && focus.index * ROW < scrollTop * shown.ratio + viewport;
  const holds = inView ? focus.index : shown.top;
  useEffect(() => {
    let current = true;
    const follow = async () => {
      if (id === null) return;
      const before = held.current;
      if (before && (before.id !== id || before.revision !== revision)) {
        const index = await host.commands.positionOf(id, before.key);
        const element = scroller.current;
        if (!current) return;
        held.current = null;
        // At the very top new rows are welcome; another order starts at its row or at the top.
        const moved = index === null ? 0 : index - before.index;
        if (moved !== 0 && element && element.scrollTop > 0) goTo(element.scrollTop + (moved * ROW) / shown.ratio);
        return;
      }
      const [row] = await fetchRows(holds, holds + 1);
      if (current && row) held.current = { id, revision, key: row.key, index: holds };
    };
    follow().catch(() => null);
    return () => {
      current = false;
    };
  }, [host, id, revision, holds, fetchRows, goTo, shown.ratio]);

  return { scroller, scroll, shown, bar, onScroll, onWheel, showRow };
}
