// Known sound for a browser's fake microphone.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const rate = 48_000;

/**
 * A WAV file that Chromium's fake microphone loops: a tone of `hz`, half a second on and half a second off, since a
 * steady tone is what a browser's noise suppression takes away.
 */
export function beepFile(hz) {
  const samples = rate;
  const wav = Buffer.alloc(44 + 2 * samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2 * samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20); // PCM
  wav.writeUInt16LE(1, 22); // mono
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(2 * rate, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * samples, 40);
  for (let i = 0; i < samples / 2; i++) {
    wav.writeInt16LE(Math.round(16_000 * Math.sin((2 * Math.PI * hz * i) / rate)), 44 + 2 * i);
  }
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'raabta-sound-')), `beep-${hz}.wav`);
  fs.writeFileSync(file, wav);
  return file;
}
