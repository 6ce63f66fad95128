// Stand-ins for what the `amphora:` protocol serves: soft gradients as pictures, a few lines as text.
import { etagOf } from "./samples";

const SHAPES: [number, number][] = [
  [480, 320],
  [320, 420],
  [480, 360],
  [560, 315],
];

/** Pixels across and down of a picture's stand-in. */
export function shapeOf(key: string): [number, number] {
  return SHAPES[seedOf(key) % 4] ?? [480, 320];
}

/** A data: URL of a gradient whose colours and shape follow from the name. */
export function gradientUrl(key: string): string {
  const hue = seedOf(key) % 360;
  const [width, height] = shapeOf(key);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="hsl(${hue} 55% 72%)"/><stop offset="1" stop-color="hsl(${(hue + 25) % 360} 60% 36%)"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export function textUrl(key: string): string {
  const name = key.slice(key.lastIndexOf("/") + 1);
  const text = `# ${name}\n\nQuay wall, north side. Two bolts missing at marker 14; see photo 6. Water line 3 cm above last year.\n`;
  return `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
}

function seedOf(key: string): number {
  return parseInt(etagOf(key, 1).slice(0, 6), 16);
}
