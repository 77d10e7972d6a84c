// Live stills, decided: which picture is worth taking now and how large it may be. No camera, no clock, no encoder here
// (docs/protocol.md, "Transfers, messages and the time line"; the arithmetic is in docs/ladder.md).

/** A picture's rows of a 4:3 camera, and the encoder's quality. Each costs about 1.5 times the one before. */
export interface Detail {
  readonly rows: number;
  readonly quality: number;
}

export const DETAILS: readonly Detail[] = [
  { rows: 120, quality: 0.2 },
  { rows: 120, quality: 0.45 },
  { rows: 240, quality: 0.2 },
  { rows: 240, quality: 0.45 },
  { rows: 360, quality: 0.4 },
  { rows: 480, quality: 0.4 },
  { rows: 480, quality: 0.7 },
];

// Bytes per pixel at quality 0.2 and 0.4 of one portrait in WebP (design, links-and-ladder, section 7); the first pictures of
// a call correct it.
const GUESSED_BYTES_PER_PIXEL = 0.05;
const QUALITY_WEIGHT = 2.2;
// A picture of a scene that moves may take this much link time, one of a scene that stands still this much.
const MOVING_SECONDS = 3;
const STILL_SECONDS = 10;
// Mean difference of two 32 x 24 pictures, of 255: noise of a cheap camera is 2 to 3.
const MOVED = 7;
// A face that only listens and breathes is below that, and whoever looks wants to know that it does: it comes again so often.
const STIRRED = 0.5;
const STIRRED_AGAIN_MS = 3_000;
// At the best that fits, a scene in which nothing stirs is sent again so that its age says that somebody looks.
const AGAIN_MS = 30_000;
const LEAST_BYTES = 700;

export const THUMB_COLUMNS = 32;
export const THUMB_ROWS = 24;

/** Mean difference of two pictures' light, 0 to 255. */
export function difference(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] as number) - (b[i] as number));
  return a.length === 0 ? 0 : sum / a.length;
}

/** What to take: how detailed, and how many bytes it may have. */
export interface Take {
  readonly detail: Detail;
  readonly mostBytes: number;
}

export class StillPlan {
  private step = -1;
  private shown: Float32Array | undefined;
  private takenAtMs = 0;
  private bytesPerPixel = GUESSED_BYTES_PER_PIXEL;

  /** @param kbps what stills may take of the link */
  constructor(private kbps: number) {}

  budget(kbps: number): void {
    this.kbps = kbps;
  }

  /** A new beginning: the other side sees nothing yet. */
  restart(): void {
    this.step = -1;
    this.shown = undefined;
  }

  /**
   * Whether the scene as `light` has it now is worth a picture, and which; the queue must be empty or hold only what this one
   * replaces. Small when the scene has moved, one step better each time while it stands still.
   */
  next(light: Float32Array, nowMs: number): Take | undefined {
    const by = this.shown ? difference(light, this.shown) : Infinity;
    const [best, top] = [this.fitting(MOVING_SECONDS), this.fitting(STILL_SECONDS)];
    if (!this.shown) return this.take(Math.min(1, best), light, nowMs);
    if (by > MOVED) return this.take(best, light, nowMs);
    if (this.step < top) return this.take(this.step + 1, light, nowMs);
    if (by > STIRRED && nowMs - this.takenAtMs >= STIRRED_AGAIN_MS) return this.take(best, light, nowMs);
    return nowMs - this.takenAtMs >= AGAIN_MS ? this.take(Math.max(0, top), light, nowMs) : undefined;
  }

  /** What `take` became: later guesses follow. */
  encoded(take: Take, pixels: number, bytes: number): void {
    const seen = bytes / (pixels * weight(take.detail.quality));
    this.bytesPerPixel += (seen - this.bytesPerPixel) / 2;
  }

  private take(step: number, light: Float32Array, nowMs: number): Take {
    this.step = step;
    this.shown = light;
    this.takenAtMs = nowMs;
    const seconds = step <= this.fitting(MOVING_SECONDS) ? MOVING_SECONDS : STILL_SECONDS;
    return { detail: DETAILS[step] as Detail, mostBytes: this.most(seconds) };
  }

  private most(seconds: number): number {
    return Math.max(LEAST_BYTES, Math.floor(this.kbps * 125 * seconds));
  }

  /** The most detailed step whose guess fits into so many seconds; the least one if none does. */
  private fitting(seconds: number): number {
    const most = this.most(seconds);
    const guess = ({ rows, quality }: Detail): number => ((rows * rows * 4) / 3) * this.bytesPerPixel * weight(quality);
    let step = 0;
    while (step + 1 < DETAILS.length && guess(DETAILS[step + 1] as Detail) <= most) step++;
    return step;
  }
}

/** Bytes grow with quality: measured 1.4 times from 0.2 to 0.4. */
function weight(quality: number): number {
  return 0.56 + QUALITY_WEIGHT * quality;
}

/** A picture as an encoder gave it. */
export interface Encoded {
  readonly blob: Blob;
  readonly width: number;
  readonly height: number;
}

/**
 * Encodes until it fits: at `take`'s size and quality first, then with less quality, at last smaller. The last try is what
 * it is: an odd picture late is better than none.
 *
 * @param encode the picture scaled so that its lesser side has `rows`, at `quality`
 */
export async function encodeWithin(
  take: Take,
  encode: (rows: number, quality: number) => Promise<Encoded | undefined>,
): Promise<Encoded | undefined> {
  let { rows, quality } = take.detail;
  for (let attempt = 0; ; attempt++) {
    const encoded = await encode(rows, quality);
    if (!encoded || encoded.blob.size <= take.mostBytes || attempt === 3) return encoded;
    if (quality > 0.12 && attempt === 0) quality = Math.max(0.1, quality * 0.5);
    else rows = Math.max(60, Math.round((rows * Math.sqrt((0.85 * take.mostBytes) / encoded.blob.size)) / 4) * 4);
  }
}
