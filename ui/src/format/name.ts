// Names as they are shown: cut in the middle, and with nothing in them that could hide what they say. Pure.

/** Kept at the end of a long name: the ending, and the number before it. */
const TAIL = 12;

/** Control characters, and the ones that turn the direction of text: `photo\u202Egpj.exe` would read as `photoexe.jpg`. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const HIDING = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The name with invisible characters made visible. */
export function visibleName(name: string): string {
  return name.replace(HIDING, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : "\ufffd";
  });
}

/** Head and tail of a name: the head may be cut by the layout, the tail of 12 characters stays. Together they are the name. */
export function splitName(name: string): { head: string; tail: string } {
  const shown = visibleName(name);
  if (shown.length <= TAIL) return { head: shown, tail: "" };
  // A character may be several code units (ü, emoji families): look at enough of the end, then count characters.
  const near = shown.slice(-TAIL * 8);
  const characters = Array.from(graphemes.segment(near), ({ segment }) => segment);
  const tail = characters.slice(-TAIL).join("");
  return { head: shown.slice(0, shown.length - tail.length), tail };
}
