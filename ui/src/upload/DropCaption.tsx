// What a drop would do: a 2 px outline on the target, and a card at the bottom that says where and who will see it.
import { Ban } from "lucide-react";
import type { ReactNode } from "react";
import { AudienceMark, placePath } from "../place";
import { words } from "../words";
import styles from "./DropCaption.module.css";
import type { HoveredTarget } from "./dropTarget";

export type DropCaptionProps = {
  /** Something is dragged. */
  isOn: boolean;
  /** Null: nothing under the pointer takes it. */
  target: HoveredTarget | null;
  /** Stands for what would be done. */
  icon: ReactNode;
  /** "Upload 12 items to Private", told the place. */
  title: (place: string) => string;
  /** What can be dropped on. */
  noTarget: string;
};

export function DropCaption({ isOn, target, ...said }: DropCaptionProps) {
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
        {isOn && <Card target={target} {...said} />}
      </div>
    </>
  );
}

function Card({ target, icon, title, noTarget }: Omit<DropCaptionProps, "isOn">) {
  if (!target) return <div className={`${styles.card} ${styles.none}`}>{noTarget}</div>;
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
      <span aria-hidden className={styles.mark}>
        {icon}
      </span>
      <div>
        <p className={styles.title}>{title(placePath(place))}</p>
        <p className={`${styles.seen} ${info.audience === "everyoneChanges" ? styles.warn : ""}`}>
          <AudienceMark audience={info.audience} size={13} /> {words.upload.seenBy[info.audience]}
        </p>
      </div>
    </div>
  );
}
