// The control socket's binary frames (docs/protocol.md, "Binary frames"): four bytes, then bytes of an item.

export interface Frame {
  readonly n: number;
  readonly ack: boolean;
  readonly off: number;
  readonly bytes: Uint8Array;
}

const HEAD = 4;
const ACK = 0x80;
/** Offsets are three bytes. */
export const MOST_BYTES = 0xffffff;

function head(out: Uint8Array, first: number, off: number): void {
  out[0] = first;
  out[1] = off >>> 16;
  out[2] = off >>> 8;
  out[3] = off;
}

export function chunkFrame(n: number, off: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(HEAD + bytes.length);
  head(out, n, off);
  out.set(bytes, HEAD);
  return out;
}

export function ackFrame(n: number, off: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(HEAD);
  head(out, ACK | n, off);
  return out;
}

/** The frame in these bytes, or undefined if it is none. */
export function parseFrame(data: ArrayBuffer): Frame | undefined {
  const all = new Uint8Array(data);
  if (all.length < HEAD) return undefined;
  const [first = 0, a = 0, b = 0, c = 0] = all;
  const n = first & 0x7f;
  if (n === 0) return undefined;
  return { n, ack: first >= ACK, off: (a << 16) | (b << 8) | c, bytes: all.subarray(HEAD) };
}
