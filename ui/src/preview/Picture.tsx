// A picture in large that can be looked at closely: wheel and keys come nearer, dragging pushes it, a double press goes to and fro.
import { Play } from "lucide-react";
import { type PointerEvent, type RefObject, useEffect, useImperativeHandle, useRef, useState } from "react";
import { letsGo, S3Image } from "../components";
import type { Failure, Row, SpaceRef } from "../host";
import { Button } from "../kit";
import { words } from "../words";
import styles from "./Picture.module.css";
import { useOriginal } from "./useOriginal";
import { useStill } from "./useStill";
import { fitted, isBlurred, type Pose, pushed, type Size, STEP, WHOLE, zoomed } from "./zoom";

/** What the lightbox's keys and buttons ask of the picture on show. */
export type Closer = {
  nearer: () => void;
  further: () => void;
  whole: () => void;
  /** Pushes it aside; false when all of it is seen, so that the arrow means something else. */
  push: (x: number, y: number) => boolean;
};

export type PictureProps = {
  row: Row;
  space: SpaceRef;
  closer: RefObject<Closer | null>;
  onError: (failure: Failure) => void;
  /** The large one is there. */
  onShown: () => void;
};

/** A wheel's way for twice as near, in pixels. */
const WHEEL = 400;

export function Picture({ row, space, closer, onError, onShown }: PictureProps) {
  const stage = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(false);
  const [pose, setPose] = useState(WHOLE);
  const { isStill, play } = useStill(space, row);
  // Where the pointer that drags was last.
  const from = useRef<{ x: number; y: number } | null>(null);
  const original = useOriginal(space, row);
  const where = { level: space.level, identityId: space.owner ?? undefined, version: row.etag };

  const sizes = () => {
    const element = stage.current;
    const image = element?.querySelector("img");
    if (!element || !image) return null;
    const whole = { width: element.clientWidth, height: element.clientHeight };
    const natural = { width: image.naturalWidth || whole.width, height: image.naturalHeight || whole.height };
    return { whole, natural };
  };
  const change = (next: (pose: Pose, picture: Size, stage: Size) => Pose) => {
    const now = sizes();
    if (now) setPose((before) => next(before, fitted(now.natural, now.whole), now.whole));
  };
  const middle = { x: 0, y: 0 };
  useImperativeHandle(closer, () => ({
    nearer: () => change((now, picture, whole) => zoomed(now, STEP, middle, picture, whole)),
    further: () => change((now, picture, whole) => zoomed(now, 1 / STEP, middle, picture, whole)),
    whole: () => setPose(WHOLE),
    push: (x, y) => {
      if (pose.scale === 1) return false;
      change((now, picture, whole) => pushed(now, { x, y }, picture, whole));
      return true;
    },
  }));

  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const box = stage.current?.getBoundingClientRect();
    return box ? { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 } : middle;
  };
  const latest = useRef({ change, pointOf });
  useEffect(() => {
    latest.current = { change, pointOf };
  });
  useEffect(() => {
    const element = stage.current;
    // React's own wheel listener is passive: it could not keep the page where it is.
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const at = latest.current.pointOf(event);
      const factor = 2 ** (-event.deltaY / WHEEL);
      latest.current.change((now, picture, whole) => zoomed(now, factor, at, picture, whole));
    };
    element?.addEventListener("wheel", wheel, { passive: false });
    return () => element?.removeEventListener("wheel", wheel);
  }, []);

  const { scale, x, y } = pose;
  const { ask } = original;
  useEffect(() => {
    const now = shown ? sizes() : null;
    if (now && isBlurred(scale, now.natural, now.whole, globalThis.devicePixelRatio || 1)) ask();
  }, [shown, scale, ask]);

  const onPointerMove = (event: PointerEvent) => {
    if (!from.current) return;
    const by = { x: event.clientX - from.current.x, y: event.clientY - from.current.y };
    from.current = { x: event.clientX, y: event.clientY };
    change((now, picture, whole) => pushed(now, by, picture, whole));
  };
  const letGo = () => {
    from.current = null;
  };
  return (
    <div
      ref={stage}
      className={styles.stage}
      data-near={scale > 1 || undefined}
      aria-busy={!shown}
      onPointerDown={(event) => {
        if (event.button !== 0 || scale === 1) return;
        event.currentTarget.setPointerCapture?.(event.pointerId);
        from.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onDoubleClick={(event) => {
        const at = pointOf(event);
        if (scale > 1) setPose(WHOLE);
        else change((now, picture, whole) => zoomed(now, 2.5, at, picture, whole));
      }}
    >
      <div
        className={styles.pose}
        data-sharp={original.state === "shown" || undefined}
        style={{ transform: `translate(${x}px, ${y}px) scale(${scale})` }}
      >
        {!shown && <S3Image {...where} imgKey={row.key} size={256} className={styles.image} />}
        <S3Image
          {...where}
          key={isStill ? "still" : "picture"}
          imgKey={row.key}
          // A thumbnail never moves.
          size={isStill ? 512 : undefined}
          alt={row.name}
          className={styles.image}
          onLoad={() => {
            setShown(true);
            onShown();
          }}
          onError={onError}
        />
        {original.url && (
          <img
            key={original.isAgain ? "again" : "first"}
            ref={letsGo}
            src={original.url}
            // The copy below it has the name.
            alt=""
            draggable={false}
            decoding="async"
            className={styles.original}
            data-there={original.state === "shown" || undefined}
            onLoad={original.arrived}
            onError={original.missed}
          />
        )}
      </div>
      {play && (
        <Button className={styles.play} icon={<Play />} onPress={play}>
          {words.preview.playMoving}
        </Button>
      )}
      <p role="status" className={styles.note}>
        {original.state !== "none" && original.state !== "shown" && words.preview.original[original.state]}
      </p>
    </div>
  );
}
