// A recording for browsers that have no encoder: 8 kHz, 8 bits, mu-law (ITU-T G.711) in a WAV file, which every browser plays.

export const RATE_HZ = 8_000;
const BIAS = 0x84;
const CLIP = 32_635;
const MULAW = 7; // WAVE_FORMAT_MULAW

/** One sample in -1..1 as G.711 has it. */
export function muLaw(sample: number): number {
  let v = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);
  const sign = v < 0 ? 0x80 : 0;
  v = Math.min(CLIP, Math.abs(v)) + BIAS;
  const exponent = Math.max(0, 24 - Math.clz32(v));
  return ~(sign | (exponent << 4) | ((v >> (exponent + 3)) & 0x0f)) & 0xff;
}

/** Takes samples of any rate and gives them at 8 kHz; the mean of what falls into one sample keeps the worst aliases away. */
export class Downsampler {
  private readonly step: number;
  private filled = 0;
  private sum = 0;
  private n = 0;

  constructor(fromHz: number) {
    this.step = RATE_HZ / fromHz;
  }

  push(samples: Float32Array): Uint8Array<ArrayBuffer> {
    const out: number[] = [];
    for (const sample of samples) {
      this.sum += sample;
      this.n++;
      this.filled += this.step;
      if (this.filled < 1) continue;
      this.filled -= 1;
      out.push(muLaw(this.sum / this.n));
      [this.sum, this.n] = [0, 0];
    }
    return Uint8Array.from(out);
  }
}

export function wavFile(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const padded = length + (length & 1);
  // A format that is not PCM has an extension's length and a "fact" of its samples.
  const out = new Uint8Array(58 + padded);
  const view = new DataView(out.buffer);
  const text = (at: number, word: string): void =>
    out.set(
      [...word].map(c => c.charCodeAt(0)),
      at,
    );
  text(0, 'RIFF');
  view.setUint32(4, 50 + padded, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 18, true);
  view.setUint16(20, MULAW, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE_HZ, true);
  view.setUint32(28, RATE_HZ, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  text(38, 'fact');
  view.setUint32(42, 4, true);
  view.setUint32(46, length, true);
  text(50, 'data');
  view.setUint32(54, length, true);
  let at = 58;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
