// The upper edge of the drawer, by pointer and by keys.
import { type KeyboardEvent, type PointerEvent } from "react";
import { words } from "../words";
import styles from "./DrawerHandle.module.css";

const LEAST = 120;
const MOST = 1_200;
const STEP = 24;

export type DrawerHandleProps = { height: number; onHeight: (height: number) => void };

export function DrawerHandle({ height, onHeight }: DrawerHandleProps) {
  const set = (next: number) => onHeight(Math.min(most(), Math.max(LEAST, next)));
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const handle = event.currentTarget;
    const from = event.clientY;
    const before = Math.min(height, most());
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => set(before + from - moved.clientY);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(height + step);
  };
  return (
    <div
      role="separator"
      aria-label={words.transfers.resize}
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      className={styles.handle}
      onPointerDown={drag}
      onKeyDown={press}
    />
  );
}

/** 40 % of the window. */
function most(): number {
  return Math.min(MOST, Math.round(window.innerHeight * 0.4));
}
