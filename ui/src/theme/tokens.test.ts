// Every pair of text and background that the window draws is readable: WCAG AA, 4.5 to 1; marks and borders 3 to 1.
import { describe, expect, it } from "vitest";
import css from "./tokens.css?raw";

const light = tokensOf(":root");
const dark = { ...light, ...tokensOf('[data-theme="dark"]') };

const TEXT_PAIRS: readonly [text: string, background: string][] = [
  ...["--bg", "--panel", "--raised", "--hover", "--sel"].flatMap((background): [string, string][] => [
    ["--text", background],
    ["--muted", background],
  ]),
  ["--faint", "--bg"],
  ["--faint", "--panel"],
  ["--faint", "--raised"],
  ["--accent", "--bg"],
  ["--accent", "--panel"],
  ["--accent", "--raised"],
  ["--accent", "--sel"],
  ["--accent-ink", "--accent"],
  ["--bad-ink", "--bad"],
  ["--bad", "--bg"],
  ["--bad", "--raised"],
  ["--bad", "--bad-bg"],
  ["--muted", "--bad-bg"],
  ["--text", "--bad-bg"],
  ["--warn", "--bg"],
  ["--warn", "--raised"],
  ["--warn", "--warn-bg"],
  ["--muted", "--warn-bg"],
  ["--ok", "--bg"],
  ["--ok", "--panel"],
  ["--ok", "--raised"],
];

const MARK_PAIRS: readonly [mark: string, background: string][] = [
  ["--field", "--raised"],
  ["--field", "--bg"],
  ["--field", "--panel"],
  ["--focus", "--bg"],
  ["--focus", "--panel"],
  ["--focus", "--raised"],
];

describe.each([
  ["light", light],
  ["dark", dark],
])("the %s theme", (_name, tokens) => {
  it.each(TEXT_PAIRS)("shows %s readably on %s", (text, background) => {
    expect(contrast(tokens, text, background), "WCAG 1.4.3 asks for 4.5").toBeGreaterThanOrEqual(4.5);
  });

  it.each(MARK_PAIRS)("shows the mark %s on %s", (mark, background) => {
    expect(contrast(tokens, mark, background), "WCAG 1.4.11 asks for 3").toBeGreaterThanOrEqual(3);
  });
});

function tokensOf(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split("}")[0] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
}

function contrast(tokens: Record<string, string>, a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(tokens[a]), luminance(tokens[b])].toSorted((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG's relative luminance of a "#rrggbb" colour. */
function luminance(hex: string | undefined): number {
  if (!hex) throw new Error("no such token");
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
