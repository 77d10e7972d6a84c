// Takes live stills from the camera's picture as the plan wants them, in the smallest format that this browser writes.
import { encodeWithin, StillPlan, THUMB_COLUMNS, THUMB_ROWS, type Encoded } from './stills';
import { luma } from './looks';

export interface StillTaker {
  /** The budget; undefined: nobody wants any. */
  want(kbps: number | undefined): void;
  use(track: MediaStreamTrack | undefined): void;
  /** The other side sees nothing of ours. */
  restart(): void;
}

export interface StillSink {
  /** Whether one has begun to travel and must not be replaced. */
  busy(): boolean;
  send(data: Uint8Array<ArrayBuffer>, type: string, width: number, height: number, ageMs: number): void;
}

const LOOK_EVERY_MS = 500;

let canWebp: boolean | undefined;

/** A blob of the canvas: WebP where the browser really writes it (it gives PNG instead without a word), else JPEG. */
export async function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob | undefined> {
  const blob = (type: string): Promise<Blob | undefined> =>
    new Promise(resolve => canvas.toBlob(b => resolve(b ?? undefined), type, quality));
  if (canWebp !== false) {
    const made = await blob('image/webp');
    canWebp = made?.type === 'image/webp';
    if (canWebp) return made;
  }
  const made = await blob('image/jpeg');
  return made?.type === 'image/jpeg' ? made : undefined;
}

function sized(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  return canvas;
}

/** The picture scaled so that its lesser side has `side` pixels, never larger than it is. */
export function scaled(source: CanvasImageSource, width: number, height: number, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.min(width, height));
  const canvas = sized(Math.max(2, Math.round(width * scale)), Math.max(2, Math.round(height * scale)));
  const context = canvas.getContext('2d');
  if (context) {
    context.imageSmoothingQuality = 'high';
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
  }
  return canvas;
}

export function takeStills(sink: StillSink): StillTaker {
  const video = document.createElement('video');
  video.muted = video.playsInline = true;
  const plan = new StillPlan(0);
  const thumb = sized(THUMB_COLUMNS, THUMB_ROWS);
  let timer: ReturnType<typeof setInterval> | undefined;
  let current: MediaStreamTrack | undefined;
  let wanted: number | undefined;
  let taking = false;

  const light = (): Float32Array | undefined => {
    const context = thumb.getContext('2d', { willReadFrequently: true });
    if (!context) return undefined;
    context.drawImage(video, 0, 0, THUMB_COLUMNS, THUMB_ROWS);
    return luma(context.getImageData(0, 0, THUMB_COLUMNS, THUMB_ROWS));
  };

  const take = async (): Promise<void> => {
    const { videoWidth: width, videoHeight: height } = video;
    if (taking || sink.busy() || width < 2) return;
    const seen = light();
    const next = seen && plan.next(seen, performance.now());
    if (!next) return;
    taking = true;
    const takenMs = performance.now();
    // One frame for all attempts: a later one would be another scene.
    const frame = scaled(video, width, height, next.detail.rows);
    const made = await encodeWithin(next, async (rows, quality): Promise<Encoded | undefined> => {
      const canvas = rows < next.detail.rows ? scaled(frame, frame.width, frame.height, rows) : frame;
      const blob = await encode(canvas, quality);
      return blob && { blob, width: canvas.width, height: canvas.height };
    });
    taking = false;
    if (!made || wanted === undefined) return;
    plan.encoded(next, made.width * made.height, made.blob.size);
    const data = new Uint8Array(await made.blob.arrayBuffer());
    sink.send(data, made.blob.type, made.width, made.height, performance.now() - takenMs);
  };

  const apply = (): void => {
    const on = wanted !== undefined && current !== undefined;
    if (!on) {
      clearInterval(timer);
      timer = undefined;
      video.srcObject = null;
      return;
    }
    const playing = (video.srcObject as MediaStream | null)?.getTracks()[0];
    if (playing !== current) {
      video.srcObject = new MediaStream([current as MediaStreamTrack]);
      video.play().catch(() => undefined);
      plan.restart();
    }
    timer ??= setInterval(() => void take(), LOOK_EVERY_MS);
  };

  return {
    want(kbps) {
      if (kbps !== undefined) plan.budget(kbps);
      if ((kbps === undefined) !== (wanted === undefined)) plan.restart();
      wanted = kbps;
      apply();
    },
    use(track) {
      if (track === current) return;
      current = track;
      apply();
    },
    restart: () => plan.restart(),
  };
}
