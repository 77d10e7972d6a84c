// Makes of a camera's file, or of its live picture, the clinical photo that is sent: large enough, hardly compressed, telling
// nothing but the picture.
import { encode, scaled } from './camera';
import { stripped } from './jpeg';
import { flaws, type Flaw } from './looks';

export interface Prepared {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly type: 'image/jpeg';
  readonly w: number;
  readonly h: number;
  readonly flaws: readonly Flaw[];
  readonly thumb: {
    readonly data: Uint8Array<ArrayBuffer>;
    readonly type: string;
    readonly w: number;
    readonly h: number;
  };
}

// What the American Telemedicine Association asks for; pictures of other shapes cover it.
const AIM_LONG = 1024;
const AIM_SHORT = 768;
const MOST_RATIO = 20;
const RAW_BYTES_PER_PIXEL = 3;
const LEAST_QUALITY = 0.6;
const MOST_QUALITY = 0.97;
const QUALITY_STEPS = 4;
const THUMB_SIDE = 96;
const THUMB_QUALITY = 0.4;

/** By how much a picture is scaled: to cover 1024 x 768 either way round, never made larger. */
export function scaleOf(width: number, height: number): number {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  return Math.min(1, Math.max(AIM_LONG / long, AIM_SHORT / short));
}

/** Whether so many bytes are 20:1 or less of the picture at 24 bits a pixel. */
export function strongEnough(width: number, height: number, bytes: number): boolean {
  return bytes * MOST_RATIO >= width * height * RAW_BYTES_PER_PIXEL;
}

/**
 * The least quality that is no stronger than 20:1, found by halving; a picture so smooth that even the best is smaller is sent
 * at the best.
 */
export async function leastQuality<T extends { readonly size: number }>(
  width: number,
  height: number,
  make: (quality: number) => Promise<T | undefined>,
): Promise<T | undefined> {
  const first = await make(LEAST_QUALITY);
  if (!first || strongEnough(width, height, first.size)) return first;
  let best = await make(MOST_QUALITY);
  if (!best || !strongEnough(width, height, best.size)) return best;
  let [low, high] = [LEAST_QUALITY, MOST_QUALITY];
  for (let step = 0; step < QUALITY_STEPS; step++) {
    const quality = (low + high) / 2;
    const made = await make(quality);
    if (made && strongEnough(width, height, made.size)) [best, high] = [made, quality];
    else low = quality;
  }
  return best;
}

interface Picture {
  readonly source: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

/** Decodes in the browser, the right way up; undefined if it is no picture. */
async function decode(file: Blob): Promise<Picture | undefined> {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
    return { source: bitmap, width: bitmap.width, height: bitmap.height };
  } catch {
    // Some browsers decode more in an element than here.
  }
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return { source: image, width: image.naturalWidth, height: image.naturalHeight };
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

export async function fromFile(file: Blob): Promise<Prepared | undefined> {
  const picture = await decode(file);
  return picture && picture.width > 1 && picture.height > 1 ? prepare(picture) : undefined;
}

interface StillCamera {
  takePhoto(): Promise<Blob>;
}

/** From the camera of the call: its photo where the browser takes one, else the picture of the moment. */
export async function fromCamera(track: MediaStreamTrack): Promise<Prepared | undefined> {
  const Capture = (globalThis as { ImageCapture?: new (track: MediaStreamTrack) => StillCamera }).ImageCapture;
  if (Capture) {
    try {
      const photo = await fromFile(await new Capture(track).takePhoto());
      if (photo) return photo;
    } catch {
      // a camera that cannot: the picture of the moment then
    }
  }
  const video = document.createElement('video');
  video.muted = video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  try {
    await video.play();
    const { videoWidth: width, videoHeight: height } = video;
    return width > 1 ? await prepare({ source: video, width, height }) : undefined;
  } catch {
    return undefined;
  } finally {
    video.srcObject = null;
  }
}

function jpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob | undefined> {
  return new Promise(resolve => canvas.toBlob(blob => resolve(blob ?? undefined), 'image/jpeg', quality));
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

async function prepare({ source, width, height }: Picture): Promise<Prepared | undefined> {
  const canvas = scaled(source, width, height, Math.round(Math.min(width, height) * scaleOf(width, height)));
  const { width: w, height: h } = canvas;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, w, h);
  const made = await leastQuality(w, h, quality => jpeg(canvas, quality));
  // Drawn anew it has no EXIF; the second look costs nothing and holds for browsers that write some of their own.
  const data = made && stripped(await bytesOf(made));
  const small = scaled(canvas, w, h, THUMB_SIDE);
  const thumb = await encode(small, THUMB_QUALITY);
  if (!pixels || !data || !thumb) return undefined;
  const thumbBytes = await bytesOf(thumb);
  return {
    data,
    type: 'image/jpeg',
    w,
    h,
    flaws: flaws(pixels),
    thumb: {
      data: thumb.type === 'image/jpeg' ? (stripped(thumbBytes) ?? thumbBytes) : thumbBytes,
      type: thumb.type,
      w: small.width,
      h: small.height,
    },
  };
}
