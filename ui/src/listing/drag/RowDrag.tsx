// Rows and tiles of the open folder can be dragged onto folders, crumbs and places: they move there, with Ctrl or Alt a copy goes.
// What they rest on opens. By pointer events, since drag events of the web view belong to the files of the desktop.
import { DndContext, PointerSensor, useDraggable, useSensor, useSensors } from "@dnd-kit/core";
import { Copy, FolderInput } from "lucide-react";
import type { PointerEvent, ReactNode } from "react";
import { useEffect, useId } from "react";
import { rowOf, useHeldListing } from "../../folder";
import { toast } from "../../kit";
import { samePlace, usePlace } from "../../place";
import { DropCaption } from "../../upload";
import { words } from "../../words";
import { type RelocationOrder, useRelocation } from "../relocate/useRelocation";
import { WiderAudience } from "../relocate/WiderAudience";
import { DragSourcesContext } from "./dragSource";
import styles from "./RowDrag.module.css";
import { DISTANCE, type RowDrag as Dragged, useRowDrag } from "./useRowDrag";

export type RowDragProps = {
  /** The folders, one after the other; their rows are marked, and what they lie in is `data-rows`. */
  children: ReactNode;
};

/** The share of a list's height at either end where it scrolls by itself. */
const EDGE = { x: 0, y: 0.1 };
/** The caption says it all. */
const QUIET = {
  announcements: {
    onDragStart: () => undefined,
    onDragOver: () => undefined,
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  },
  screenReaderInstructions: { draggable: "" },
};

export function RowDrag({ children }: RowDragProps) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: DISTANCE } }));
  const { drag, begin, drop, cancel, held, sources, open } = useRowDrag();
  // A copy leaves what is selected as it is; what moves is no longer to be meant by what comes next.
  const onDone = ({ kind, selection, from }: RelocationOrder) => {
    const here = open.current;
    if (kind !== "move" || !here || !samePlace(here.place, from)) return;
    here.selection.leave({ kind: selection.kind, ids: new Set(selection.ids) });
  };
  const { question, failure, pending, send, ...relocation } = useRelocation(onDone);
  useHeldListing(held ?? pending?.selection.listing ?? null);
  useEffect(() => {
    if (failure) toast({ text: failure.message, hint: failure.hint, tone: "bad" });
  }, [failure]);
  const at = drag?.at;
  return (
    <DndContext
      sensors={sensors}
      accessibility={QUIET}
      autoScroll={{ threshold: EDGE, canScroll: (element) => at !== undefined && holds(element, at) }}
      onDragStart={({ activatorEvent }) => {
        const row = rowOf(activatorEvent.target);
        if (row && activatorEvent instanceof MouseEvent) begin(row, activatorEvent);
      }}
      onDragCancel={() => {
        cancel();
        releaseQuietly();
      }}
      onDragEnd={() => {
        const order = drop();
        if (order) send(order);
      }}
    >
      <Source isDragging={drag !== null} canBegin={!relocation.busy}>
        <DragSourcesContext value={sources}>{children}</DragSourcesContext>
      </Source>
      <DropCaption
        isOn={drag !== null}
        target={drag?.target ?? null}
        icon={drag?.kind === "copy" ? <Copy size={20} /> : <FolderInput size={20} />}
        title={(where) => (drag ? words.relocate[drag.kind].caption(drag.count, where) : "")}
        noTarget={words.relocate.noTarget}
      />
      {drag && <Badge {...drag} />}
      {question && <WiderAudience question={question} {...relocation} />}
    </DndContext>
  );
}

/** One order after the other: while one is asked for, no other drag begins. */
type SourceProps = { isDragging: boolean; canBegin: boolean; children: ReactNode };

function Source({ isDragging, canBegin, children }: SourceProps) {
  const { info } = usePlace();
  const { node, setNodeRef, listeners } = useDraggable({ id: useId(), disabled: !info.verbs.get || !canBegin });
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    // A finger scrolls.
    if (event.pointerType === "touch" || !rowOf(event.target)) return;
    setNodeRef(event.target instanceof Element ? event.target.closest<HTMLElement>("[data-rows]") : null);
    listeners?.["onPointerDown"]?.(event);
  };
  // A folder that opened on the way scrolls at its edges as well.
  useEffect(() => {
    if (isDragging && !node.current?.isConnected) setNodeRef(document.querySelector<HTMLElement>("[data-rows]"));
  });
  // Escape ends the drag and nothing else. The sensor hears of it at the document, behind everything in the page.
  useEffect(() => {
    if (!isDragging) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.target === document) return;
      event.stopPropagation();
      document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", code: "Escape" }));
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [isDragging]);
  return (
    <div className={styles.source} onPointerDown={onPointerDown}>
      {children}
    </div>
  );
}

function Badge({ kind, count, at: { x, y } }: Dragged) {
  const Mark = kind === "copy" ? Copy : FolderInput;
  return (
    <div aria-hidden className={styles.badge} style={{ transform: `translate(${x + 14}px, ${y + 10}px)` }}>
      <Mark size={14} /> {words.relocate.dragged(count)}
    </div>
  );
}

/** The press that began the drag is no click when it ends at last. */
function releaseQuietly() {
  const over = new AbortController();
  const { signal } = over;
  window.addEventListener("click", stop, { capture: true, signal });
  const released = () => setTimeout(() => over.abort());
  // A release outside of the window is not heard here; the next press says that it has been.
  for (const type of ["pointerup", "pointerdown"]) window.addEventListener(type, released, { signal });
}

function stop(event: MouseEvent) {
  event.stopPropagation();
}

function holds(element: Element, { x, y }: Dragged["at"]): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return x >= left && x <= right && y >= top && y <= bottom;
}
