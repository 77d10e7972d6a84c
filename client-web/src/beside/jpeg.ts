// A JPEG without what its camera wrote into it: place, time, device, thumbnail. Segments are walked as ITU-T T.81, annex B has
// them; what is no segment of the picture itself is left out.

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COM = 0xfe;
/** Application data that belongs to the picture: its density, its colours. */
const KEPT: Readonly<Record<number, string>> = { [APP0]: 'JFIF\0', [APP2]: 'ICC_PROFILE\0', [APP14]: 'Adobe' };

/** Markers without a length: TEM and the restarts (T.81, table B.1). */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

interface Segment {
  readonly marker: number;
  readonly from: number;
  readonly to: number;
}

/** Whether a segment tells of the camera and not of the picture. */
function tells(bytes: Uint8Array, { marker, from }: Segment): boolean {
  if (marker === COM) return true;
  if (marker < APP0 || marker > APP15) return false;
  const name = KEPT[marker];
  return name === undefined || [...name].some((c, i) => bytes[from + 4 + i] !== c.charCodeAt(0));
}

/** Where the entropy-coded data that begins at `at` ends: at a marker that is no restart and no stuffed zero. */
function scanEnd(bytes: Uint8Array, at: number): number {
  for (let i = at; i + 1 < bytes.length; i++) {
    const next = bytes[i + 1] as number;
    if (bytes[i] === 0xff && next !== 0 && next !== 0xff && !standsAlone(next)) return i;
  }
  return bytes.length;
}

/** The segments up to the end of the picture, or undefined if these bytes are no whole JPEG. */
function segments(bytes: Uint8Array): Segment[] | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return undefined;
  const found: Segment[] = [{ marker: SOI, from: 0, to: 2 }];
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at++; // fill byte
      continue;
    }
    if (marker === EOI) return [...found, { marker, from: at, to: at + 2 }];
    if (standsAlone(marker)) {
      found.push({ marker, from: at, to: at + 2 });
      at += 2;
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (length < 2 || at + 2 + length > bytes.length) return undefined;
    const to = marker === SOS ? scanEnd(bytes, at + 2 + length) : at + 2 + length;
    found.push({ marker, from: at, to });
    at = to;
  }
  return undefined;
}

/** Whether the bytes are a whole JPEG that tells nothing but the picture. */
export function tellsNothing(bytes: Uint8Array): boolean {
  const all = segments(bytes);
  const last = all?.[all.length - 1];
  return all !== undefined && last?.to === bytes.length && !all.some(segment => tells(bytes, segment));
}

/** The same picture without EXIF, other application data, comments and what follows its end; undefined if it is no JPEG. */
export function stripped(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const kept = segments(bytes)?.filter(segment => !tells(bytes, segment));
  if (!kept) return undefined;
  const out = new Uint8Array(kept.reduce((sum, { from, to }) => sum + to - from, 0));
  let at = 0;
  for (const { from, to } of kept) {
    out.set(bytes.subarray(from, to), at);
    at += to - from;
  }
  return out;
}
