// The recording of one browser: blocks of two channels (sent, heard), each stamped with the time it was complete.
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

const HEADER_BYTES = 12;

/** Per block, little-endian: time in ms since 1970 (double), frames (int32), then frames x (sent, heard) as int16. */
export class RecordingFile {
  #out;

  constructor(file) {
    this.#out = createWriteStream(file);
  }

  /** What a browser tells while it is being ended comes too late. */
  write(blocks) {
    if (this.#out.writableEnded) {
      return;
    }
    for (const { atMs, samples } of blocks) {
      const sound = Buffer.from(samples, 'base64');
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeDoubleLE(atMs, 0);
      header.writeInt32LE(sound.length / 4, 8);
      this.#out.write(header);
      this.#out.write(sound);
    }
  }

  close() {
    this.#out.end();
    return finished(this.#out);
  }
}

const BLOCK_FRAMES = 1_600;
const CHANNELS = 2;
/** Longer than any recorder of a browser keeps to itself what it has heard. */
const HELD_BLOCKS = 400;

/**
 * Makes blocks of both channels where a recorder has each for itself, on one timeline that is counted in frames. A block is
 * given away when both are there, or when the other one lies so far back that it has nothing to say there.
 */
export class Channels {
  #write;
  #blocks = new Map();
  #given = 0;
  #ends = new Array(CHANNELS).fill(0);

  /** write: takes blocks as RecordingFile does */
  constructor(write) {
    this.#write = write;
  }

  /** Pieces end where blocks end, at the latest. */
  put(channel, pieces) {
    for (const { frame, atMs, samples } of pieces) {
      const number = Math.floor(frame / BLOCK_FRAMES);
      if (number < this.#given) {
        continue;
      }
      const block = this.#block(number);
      const sound = Buffer.from(samples, 'base64');
      for (let i = 0; i < sound.length / 2; i++) {
        const at = 2 * (CHANNELS * ((frame % BLOCK_FRAMES) + i) + channel);
        // Of two connections that overlap, both are heard.
        const sum = block.sound.readInt16LE(at) + sound.readInt16LE(2 * i);
        block.sound.writeInt16LE(Math.max(-32_768, Math.min(32_767, sum)), at);
      }
      block.atMs = Math.max(block.atMs, atMs);
      this.#ends[channel] = Math.max(this.#ends[channel], number + 1);
    }
    this.#give(Math.max(Math.min(...this.#ends), Math.max(...this.#ends) - HELD_BLOCKS));
  }

  /** The rest, as far as every channel goes that was ever heard. */
  close() {
    this.#give(Math.min(...this.#ends.filter((end) => end > 0)));
  }

  #block(number) {
    if (!this.#blocks.has(number)) {
      this.#blocks.set(number, { atMs: 0, sound: Buffer.alloc(2 * CHANNELS * BLOCK_FRAMES) });
    }
    return this.#blocks.get(number);
  }

  #give(until) {
    for (; this.#given < until && Number.isFinite(until); this.#given++) {
      const block = this.#blocks.get(this.#given);
      this.#blocks.delete(this.#given);
      // Before the first recorder there is nothing; a hole later on is time that RecordingBuilder fills with silence.
      if (block) {
        this.#write([{ atMs: block.atMs, samples: block.sound.toString('base64') }]);
      }
    }
  }
}
