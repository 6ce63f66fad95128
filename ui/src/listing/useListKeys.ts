// The keyboard of the list while it has the focus. What the action table knows (delete, select all, parent …) stays there.
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { FolderSelection, ListingState, RowsByIndex } from "../folder";
import { type Row, useHost } from "../host";
import { ROW, type Scroll } from "./rowWindow";

export type ListKeys = {
  listing: ListingState;
  selection: FolderSelection;
  rowAt: RowsByIndex;
  scroll: Scroll;
  showRow: (index: number) => void;
  onOpen: (row: Row, index: number) => void;
  onMenu: (at: { x: number; y: number }) => void;
  idOf: (index: number) => string;
};

export function useListKeys({ selection, rowAt, scroll, showRow, onOpen, onMenu, idOf }: ListKeys) {
  const { mac } = useHost();
  const grid = useRef<HTMLDivElement>(null);
  const focus = selection.state.focus;
  const page = Math.max(1, Math.floor(scroll.viewport / ROW) - 1);

  // A new folder takes the focus that the old one took with it; nobody pressed a key for it, so no ring yet.
  useEffect(() => {
    const active = document.activeElement;
    if (active === null || active === document.body) grid.current?.focus({ preventScroll: true, focusVisible: false });
  }, []);

  const index = focus?.index;
  const show = useRef(showRow);
  useEffect(() => {
    show.current = showRow;
  });
  useEffect(() => {
    if (index !== undefined) show.current(index);
  }, [index]);

  const menuAtFocus = () => {
    const element = focus && document.getElementById(idOf(focus.index));
    const box = (element ?? grid.current)?.getBoundingClientRect();
    if (box) onMenu({ x: box.left + 48, y: Math.min(box.bottom, box.top + ROW) });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== grid.current || event.altKey) return;
    const control = mac ? event.metaKey : event.ctrlKey;
    const how = { range: event.shiftKey, keep: control };
    const step = stepOf(event.key, page);
    if (step && !(mac && control)) selection.move(step, how);
    else if (event.key === "Enter" && !control) {
      const row = focus && rowAt(focus.index);
      if (row) onOpen(row, focus.index);
    } else if (event.key === " " && focus && (control || !selection.isSelected(focus.id))) {
      selection.choose(focus, { toggle: control, range: event.shiftKey });
    } else if (event.key === " ") {
      const row = focus && rowAt(focus.index);
      if (row?.kind === "file") onOpen(row, focus?.index ?? 0);
    } else if (event.key === "Escape" && selection.count > 0) selection.clear();
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) menuAtFocus();
    else if (event.key.length === 1 && !control && !event.ctrlKey && !event.metaKey) selection.typeAhead(event.key);
    else return;
    event.preventDefault();
  };

  return { grid, onKeyDown };
}

function stepOf(key: string, page: number): ((from: number, last: number) => number) | null {
  switch (key) {
    case "ArrowDown":
      return (from) => from + 1;
    case "ArrowUp":
      return (from, last) => (from < 0 ? last : from - 1);
    case "PageDown":
      return (from) => Math.max(0, from) + page;
    case "PageUp":
      return (from) => from - page;
    case "Home":
      return () => 0;
    case "End":
      return (_, last) => last;
    default:
      return null;
  }
}
