// Speaks the patient's screens with espeak-ng into prompts/spoken: `npm run prompts`. The files are part of the repository, so
// that a build needs no speech engine; it only checks that none is missing or older than its text (build/prompts.mjs).
//   node prompts/make.mjs           installs espeak-ng where it is missing (Debian/Ubuntu, as root), then makes what has changed
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Encoder } from '@evan/opus';
import { createMp3Encoder } from 'wasm-media-encoders';
import { merged } from '../build/languages.mjs';
import { SPOKEN, fileOf, textOf, textHash, voices } from '../build/prompts.mjs';
import { oggOpus } from './ogg.mjs';

const RATE = 16_000;
const FRAME_MS = 60;
const OPUS_BITS = 6_500;
const MP3_KBITS = 16;
const WORDS_PER_MINUTE = 150;

function engine() {
  if (spawnSync('espeak-ng', ['--version']).status === 0) return;
  if (process.getuid() !== 0 || spawnSync('apt-get', ['--version']).status !== 0)
    throw new Error('espeak-ng is missing; please install it (apt-get install espeak-ng)');
  execFileSync('apt-get', ['-q', 'update'], { stdio: 'inherit' });
  execFileSync('apt-get', ['-qy', 'install', '--no-install-recommends', 'espeak-ng'], { stdio: 'inherit' });
}

/** Spoken words as samples of -1 to 1 at RATE, without the silence around them, as loud as can be. */
function speak(voice, text) {
  const file = path.join(os.tmpdir(), `raabta-prompt-${process.pid}.wav`);
  execFileSync('espeak-ng', ['-v', voice, '-s', String(WORDS_PER_MINUTE), '-g', '4', '-w', file, text]);
  const wav = fs.readFileSync(file);
  fs.rmSync(file);
  const rate = wav.readUInt32LE(24);
  const from = wav.indexOf('data') + 8;
  const all = new Float32Array((wav.length - from) >> 1);
  for (let i = 0; i < all.length; i++) all[i] = wav.readInt16LE(from + 2 * i) / 32768;
  const loud = all.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  if (loud < 0.05) throw new Error(`espeak-ng says nothing for: ${text}`);
  let first = 0;
  let last = all.length - 1;
  while (Math.abs(all[first]) < 0.01 * loud) first++;
  while (Math.abs(all[last]) < 0.01 * loud) last--;
  const length = Math.floor(((last - first) * RATE) / rate);
  const samples = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const at = first + (i * rate) / RATE;
    const whole = Math.floor(at);
    samples[i] = (0.9 / loud) * (all[whole] + (at - whole) * ((all[whole + 1] ?? 0) - all[whole]));
  }
  return samples;
}

function toOpus(samples) {
  const encoder = new Encoder({ channels: 1, sample_rate: RATE, application: 'voip' });
  encoder.bitrate = OPUS_BITS;
  encoder.signal = 'voice';
  encoder.complexity = 10;
  encoder.vbr = true;
  encoder.expert_frame_duration = FRAME_MS;
  const frame = (RATE * FRAME_MS) / 1000;
  const skip = 312; // 6.5 ms of 48 kHz, the encoder's own delay
  const packets = [];
  for (let from = 0; from < samples.length + skip / 3; from += frame) {
    const pcm = new Int16Array(frame);
    for (let i = 0; i < frame; i++) pcm[i] = Math.round(32767 * (samples[from + i] ?? 0));
    packets.push(Buffer.from(encoder.encode(pcm)));
  }
  return oggOpus(packets, { frame: frame * 3, samples: samples.length * 3, skip });
}

async function toMp3(samples) {
  const encoder = await createMp3Encoder();
  encoder.configure({ sampleRate: RATE, channels: 1, bitrate: MP3_KBITS });
  // What an encoder gives is its own memory, and changes with the next call.
  const body = Buffer.from(encoder.encode([samples]));
  return Buffer.concat([body, Buffer.from(encoder.finalize())]);
}

engine();
const known = fs.existsSync(SPOKEN.index) ? JSON.parse(fs.readFileSync(SPOKEN.index, 'utf8')) : {};
const index = {};
let made = 0;
const all = await merged('patient', 'line', 'try');
for (const [code, voice] of Object.entries(voices)) {
  const { texts } = all.find(language => language.code === code);
  fs.mkdirSync(path.dirname(fileOf(code, 'x', 'opus')), { recursive: true });
  for (const prompt of SPOKEN.prompts) {
    const text = textOf(texts, prompt);
    const hash = textHash(text);
    const name = `${code}/${prompt}`;
    index[name] = hash;
    const there = ['opus', 'mp3'].every(kind => fs.existsSync(fileOf(code, prompt, kind)));
    if (known[name] === hash && there) continue;
    const samples = speak(voice, text);
    const [opus, mp3] = [toOpus(samples), await toMp3(samples)];
    fs.writeFileSync(fileOf(code, prompt, 'opus'), opus);
    fs.writeFileSync(fileOf(code, prompt, 'mp3'), mp3);
    console.log(
      `${name.padEnd(20)} ${(samples.length / RATE).toFixed(1)} s  ${opus.length} B Opus  ${mp3.length} B MP3`,
    );
    made++;
  }
}
fs.writeFileSync(SPOKEN.index, JSON.stringify(index, null, 2) + '\n');
console.log(`${made} made, ${Object.keys(index).length - made} as they were`);
