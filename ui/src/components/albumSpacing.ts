// What is left free in an album, in CSS pixels: the same in its wall and in its plain grid.
export const albumSpacing = {
  /** Between tiles, sideways and downwards. */
  gap: 6,
  /** Between two days in one line. */
  apart: 28,
  /** The heading of a section, and of the very first one. */
  heading: 52,
  firstHeading: 44,
  /** Below the last line of a section. */
  after: 6,
} as const;
