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

  write(blocks) {
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
