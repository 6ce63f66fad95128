// Which rows of a long list are on screen, and where they stand. Pure arithmetic: rows are of one height, so nothing has to be
// measured or kept a row, and a million rows cost what forty do.

/** Height of a row in CSS pixels. */
export const ROW = 34;

/** Web views stop drawing elements higher than 16.7 or 33.5 million pixels; longer lists scroll scaled. */
export const TALLEST = 16_000_000;

/** Rows drawn beyond the edges, so that fast scrolling meets rows. */
const BEYOND = 12;

export type Scroll = { count: number; scrollTop: number; viewport: number };

export type RowWindow = {
  /** First row to draw. */
  first: number;
  /** Behind the last row to draw. */
  end: number;
  /** First row that can be seen. */
  top: number;
  /** Height of the scrolled content. */
  height: number;
  /** Pixels of rows a pixel of scrolling: 1 but for very long lists. */
  ratio: number;
};

export function rowWindow({ count, scrollTop, viewport }: Scroll): RowWindow {
  const height = Math.min(count * ROW, TALLEST);
  const ratio = ratioOf(count, viewport);
  const from = scrollTop * ratio;
  const top = clamp(Math.floor(from / ROW), 0, Math.max(0, count - 1));
  return {
    first: Math.max(0, top - BEYOND),
    end: Math.min(count, Math.ceil((from + viewport) / ROW) + BEYOND),
    top,
    height,
    ratio,
  };
}

/** Where a row stands in the scrolled content. */
export function topOfRow(index: number, { count, scrollTop, viewport }: Scroll): number {
  const ratio = ratioOf(count, viewport);
  return index * ROW - scrollTop * ratio + scrollTop;
}

/** The scroll position that shows a row whole, moving as little as possible. */
export function scrollToRow(index: number, { count, scrollTop, viewport }: Scroll): number {
  const ratio = ratioOf(count, viewport);
  const from = scrollTop * ratio;
  const above = index * ROW;
  const below = above + ROW - viewport;
  if (above < from) return above / ratio;
  if (below > from) return below / ratio;
  return scrollTop;
}

function ratioOf(count: number, viewport: number): number {
  const whole = count * ROW;
  return whole > TALLEST ? (whole - viewport) / (TALLEST - viewport) : 1;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
