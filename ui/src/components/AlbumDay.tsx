// The heading of a day whose rows are all here.
import type { Row } from "../host";
import type { AlbumGridProps } from "./AlbumGrid";
import { SectionHeading } from "./SectionHeading";
import type { Section } from "./sections";

export type AlbumDayProps = Pick<AlbumGridProps, "selecting" | "onSelectGroup"> & {
  section: Section;
  isSelected: (row: Row) => boolean;
  /** Others stand beside it. */
  shares: boolean;
};

export function AlbumDay({ section, selecting, isSelected, onSelectGroup, shares }: AlbumDayProps) {
  const { title, shortTitle, text, rows } = section;
  const all = selecting && rows.every(isSelected);
  return (
    <SectionHeading
      title={title}
      shortTitle={shares ? shortTitle : undefined}
      text={text}
      selecting={selecting}
      all={all}
      onSelect={onSelectGroup && (() => onSelectGroup(rows, !all))}
    />
  );
}
