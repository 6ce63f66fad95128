// The gutter beside an album: its months along a track, years as marks, and where the view stands. A slider for keys and pointer.
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from "react";
import { words } from "../../words";
import type { Wall } from "./place";
import styles from "./Scrubber.module.css";
import { labelsOf, stopAt, stopFor, stopsOf } from "./scrub";

export type ScrubberProps = {
  wall: Wall;
  /** Of the whole wall. */
  height: number;
  viewport: number;
  scrollTop: number;
  onScrollTo: (top: number) => void;
};

/** Above and below the track. */
const MARGIN = 16;

export function Scrubber({ wall, height, viewport, scrollTop, onScrollTo }: ScrubberProps) {
  const track = useRef<HTMLDivElement>(null);
  const [dragging, setDragging] = useState(false);
  const way = Math.max(0, height - viewport);
  const stops = useMemo(() => stopsOf(wall, way), [wall, way]);
  const length = Math.max(0, viewport - 2 * MARGIN);
  const labels = useMemo(() => labelsOf(stops, way, length), [stops, way, length]);
  const at = stopAt(stops, scrollTop);
  const name = stops[at]?.name ?? "";
  if (way === 0 || stops.length === 0) return <div className={styles.gutter} />;

  const toPointer = ({ clientY }: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (!box) return;
    const part = (clientY - box.top - MARGIN) / Math.max(1, box.height - 2 * MARGIN);
    onScrollTo(Math.min(1, Math.max(0, part)) * way);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = stopFor(event.key, stops, at);
    if (to === null) return;
    onScrollTo(stops[to]?.top ?? 0);
    event.preventDefault();
  };

  return (
    <div className={styles.gutter}>
      <div
        ref={track}
        role="slider"
        tabIndex={0}
        aria-label={words.album.scrubber}
        aria-orientation="vertical"
        aria-valuemin={0}
        aria-valuemax={stops.length - 1}
        aria-valuenow={at}
        aria-valuetext={name}
        className={styles.track}
        data-dragging={dragging || undefined}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          // Absent where there is no real pointer (tests).
          event.currentTarget.setPointerCapture?.(event.pointerId);
          setDragging(true);
          toPointer(event);
        }}
        onPointerMove={(event) => dragging && toPointer(event)}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
      >
        {labels.map(({ text, at: top }) => (
          <span key={text + top} aria-hidden className={styles.year} style={{ top: MARGIN + top }}>
            {text}
          </span>
        ))}
        <span aria-hidden className={styles.mark} style={{ top: MARGIN + (scrollTop / way) * length }}>
          <span className={styles.name}>{name}</span>
        </span>
      </div>
    </div>
  );
}
