// Beside the picture: when, how and where it was taken, how large it is, and where it lies.
import { useState } from "react";
import { exactDate, formatSize, kindOf, visibleName } from "../format";
import type { PictureFacts, PlaceRef, Row } from "../host";
import { placePath } from "../place";
import { words } from "../words";
import styles from "./InfoPanel.module.css";
import { useShot } from "./useShot";

export type InfoPanelProps = { row: Row; place: PlaceRef; facts: PictureFacts | null };

export function InfoPanel({ row, place, facts }: InfoPanelProps) {
  const [zone] = useState(() => new Date().getTimezoneOffset());
  const shot = useShot(place.space, row);
  const known: [string, string | null][] = [
    [words.preview.info.name, visibleName(row.name)],
    [words.preview.info.taken, facts?.taken == null ? null : exactDate(facts.taken + zone * 60_000)],
    [words.preview.info.camera, shot?.camera ?? null],
    [words.preview.info.lens, shot?.lens ?? null],
    [words.preview.info.settings, shot && words.preview.info.set(shot)],
    [words.preview.info.added, row.modified === null ? null : exactDate(row.modified)],
    [words.preview.info.pixels, facts?.size ? words.preview.info.size(facts.size.width, facts.size.height) : null],
    [words.preview.info.bytes, formatSize(row.size)],
    [words.preview.info.kind, kindOf(row.name, row.media)],
    [words.preview.info.where, placePath(place)],
    [words.preview.info.location, shot?.place ?? (facts && words.preview.info.located(facts.hasLocation))],
  ];
  return (
    <aside aria-label={words.preview.info.title} className={styles.panel}>
      <h3 className={styles.title}>{words.preview.info.title}</h3>
      <dl className={styles.facts}>
        {known.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd data-selectable>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </aside>
  );
}
