// The heading of a section: its day, month or year, what is in it, and a circle that selects all of it.
import type { RowsByIndex } from "../../folder";
import { SectionHeading } from "../../components";
import type { AlbumSection, Row } from "../../host";
import { sectionText, sectionTitle, shortTitle } from "../sectionWords";
import styles from "./AlbumWall.module.css";

export type HeadingRowProps = {
  section: AlbumSection;
  now: number;
  top: number;
  height: number;
  left: number;
  width: number;
  /** Others stand beside it. */
  shares: boolean;
  rowAt: RowsByIndex;
  selecting: boolean;
  isSelected: (row: Row) => boolean;
  onSelectSection: (start: number, end: number, marked: boolean) => void;
};

export function HeadingRow({
  section,
  now,
  top,
  height,
  left,
  width,
  shares,
  rowAt,
  selecting,
  isSelected,
  onSelectSection,
}: HeadingRowProps) {
  const { start, count } = section;
  const all = selecting && allSelected(section, rowAt, isSelected);
  return (
    <div role="row" className={styles.heading} style={{ top, height, left, width }}>
      <SectionHeading
        title={sectionTitle(section.id, now)}
        shortTitle={shares ? shortTitle(section.id, now) : undefined}
        text={sectionText(section)}
        selecting={selecting}
        all={all}
        onSelect={() => onSelectSection(start, start + count, !all)}
      />
    </div>
  );
}

/** Of a long section only the rows that are here can be asked; one that is not selected settles it. */
function allSelected({ start, count }: AlbumSection, rowAt: RowsByIndex, isSelected: (row: Row) => boolean): boolean {
  let known = false;
  for (let index = start; index < start + count; index++) {
    const row = rowAt(index);
    if (!row) continue;
    if (!isSelected(row)) return false;
    known = true;
  }
  return known;
}
