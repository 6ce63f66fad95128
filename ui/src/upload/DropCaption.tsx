// What a drop would do: a 2 px outline on the target, and a card at the bottom that says where and who will see it.
import { Ban, Upload } from "lucide-react";
import { AudienceMark, placePath } from "../place";
import { words } from "../words";
import styles from "./DropCaption.module.css";
import type { Hover } from "./useDesktopDrag";

export type DropCaptionProps = { hover: Hover | null };

export function DropCaption({ hover }: DropCaptionProps) {
  const target = hover?.target ?? null;
  const box = target?.box;
  return (
    <>
      {box && (
        <div
          aria-hidden
          className={target.refusal ? `${styles.outline} ${styles.refused}` : styles.outline}
          style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
        />
      )}
      {/* Always there, so that screen readers hear what appears in it. */}
      <div role="status" className={styles.place}>
        {hover && <Card hover={hover} />}
      </div>
    </>
  );
}

function Card({ hover: { target, count } }: { hover: Hover }) {
  if (!target) return <div className={`${styles.card} ${styles.none}`}>{words.upload.noTarget}</div>;
  const { place, info, refusal } = target;
  if (refusal) {
    return (
      <div className={`${styles.card} ${styles.bad}`}>
        <Ban aria-hidden size={20} />
        <div>
          <p className={styles.title}>{words.upload[refusal]}</p>
          <p className={styles.seen}>{placePath(place)}</p>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.card}>
      <Upload aria-hidden size={20} className={styles.mark} />
      <div>
        <p className={styles.title}>{words.upload.caption(count, placePath(place))}</p>
        <p className={`${styles.seen} ${info.audience === "everyoneChanges" ? styles.warn : ""}`}>
          <AudienceMark audience={info.audience} size={13} /> {words.upload.seenBy[info.audience]}
        </p>
      </div>
    </div>
  );
}
