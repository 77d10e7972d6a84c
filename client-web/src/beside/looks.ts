// Whether a picture is worth its way: sharp, lit, large enough. Plain arithmetic over its pixels.

export interface Pixels {
  /** Red, green, blue, opacity. */
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

export type Flaw = 'blurred' | 'dark' | 'glaring' | 'small';

/** What the American Telemedicine Association asks for at least, whichever way the picture is held. */
export const LEAST_LONG = 800;
export const LEAST_SHORT = 600;

const COLUMNS = 8;
const ROWS = 6;
// Variance of the Laplacian where the picture is sharpest: a scanned edge has thousands, one out of focus some tens, noise of a
// dark sensor up to twenty.
const LEAST_SHARPNESS = 60;
const LEAST_LIGHT = 40;
const MOST_LIGHT = 225;

export function luma({ data, width, height }: Pixels): Float32Array {
  const out = new Float32Array(width * height);
  for (let i = 0, p = 0; i < out.length; i++, p += 4)
    out[i] = 0.299 * (data[p] as number) + 0.587 * (data[p + 1] as number) + 0.114 * (data[p + 2] as number);
  return out;
}

/** The variance of the 4-neighbour Laplacian inside one tile. */
function tileVariance(light: Float32Array, width: number, x0: number, y0: number, x1: number, y1: number): number {
  let [sum, squares, n] = [0, 0, 0];
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const i = y * width + x;
      const around =
        (light[i - 1] as number) +
        (light[i + 1] as number) +
        (light[i - width] as number) +
        (light[i + width] as number);
      const v = around - 4 * (light[i] as number);
      sum += v;
      squares += v * v;
      n++;
    }
  }
  return n === 0 ? 0 : squares / n - (sum / n) ** 2;
}

/**
 * How sharp the picture is where it is sharpest: skin is smooth and a background may be out of focus, so the whole picture says
 * little. The second best of 48 tiles, so that a single speck does not decide.
 */
export function sharpness(pixels: Pixels): number {
  const { width, height } = pixels;
  const light = luma(pixels);
  const tiles: number[] = [];
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const edge = (i: number, of: number, length: number): number => 1 + Math.floor((i * (length - 2)) / of);
      const [x0, x1] = [edge(column, COLUMNS, width), edge(column + 1, COLUMNS, width)];
      const [y0, y1] = [edge(row, ROWS, height), edge(row + 1, ROWS, height)];
      tiles.push(tileVariance(light, width, x0, y0, x1, y1));
    }
  }
  return tiles.sort((a, b) => b - a)[1] ?? 0;
}

export function brightness(pixels: Pixels): number {
  const light = luma(pixels);
  return light.reduce((sum, v) => sum + v, 0) / Math.max(1, light.length);
}

export function tooSmall(width: number, height: number): boolean {
  return Math.max(width, height) < LEAST_LONG || Math.min(width, height) < LEAST_SHORT;
}

/** What speaks against sending this picture, worst first. */
export function flaws(pixels: Pixels): readonly Flaw[] {
  const light = brightness(pixels);
  return [
    ...(tooSmall(pixels.width, pixels.height) ? (['small'] as const) : []),
    ...(light < LEAST_LIGHT ? (['dark'] as const) : []),
    ...(light > MOST_LIGHT ? (['glaring'] as const) : []),
    // In the dark everything is blurred: one complaint is enough.
    ...(light >= LEAST_LIGHT && sharpness(pixels) < LEAST_SHARPNESS ? (['blurred'] as const) : []),
  ];
}
