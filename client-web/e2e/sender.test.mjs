// What a `send` makes a real browser do, seen from the other end of the path by counters (docs/protocol.md, "send").
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from './lib/browsers.mjs';
import { startLoopback } from './lib/loopback.mjs';
import { until } from './lib/wait.mjs';

const voice = (br, pt, red = false) => ({ br, pt, red, dtx: false });
let served, browser, page, n;

before(async () => {
  n = 0;
  served = await startLoopback();
  browser = await chromium();
  page = await browser.open(served.url);
  await page.evaluate(async () => {
    window.run = await window.loopback();
    window.run.transport.sender.send(window.run.audioTrack, window.run.videoTrack);
  });
  await until('the transport', () => page.evaluate(() => window.run.media === 'connected'));
});
after(async () => {
  assert.deepEqual(await page?.evaluate(() => window.run.errors), []);
  await browser?.remove();
  await served?.close();
});

const counters = () => page.evaluate(() => window.run.counters());
const obey = command => page.evaluate(c => window.run.transport.obey(c), { n: ++n, tcc: true, ...command });

/** What came until `voiceSeconds` of sound were played at the far end: the clock is the sound's own. */
async function flow(voiceSeconds) {
  const begin = await counters();
  const end = await until('sound to be played', async () => {
    const now = await counters();
    return now.samples - begin.samples >= voiceSeconds * 48_000 ? now : null;
  });
  const grown = Object.fromEntries(
    Object.entries(end).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value - begin[name]]] : [])),
  );
  return { ...grown, seconds: grown.samples / 48_000, height: end.height };
}

/** Waits until packets are as far apart as commanded. */
const untilPackets = async perSecond =>
  until(`${perSecond} packets a second`, async () => {
    const { audioPackets, seconds } = await flow(1.5);
    const seen = audioPackets / seconds;
    if (Math.abs(seen - perSecond) < 0.15 * perSecond) return true;
    throw new Error(`${seen.toFixed(1)} a second`);
  });

const kbps = (bytes, seconds) => (bytes * 8) / 1000 / seconds;

test('before any command: voice in 60 ms packets and no picture', async () => {
  await untilPackets(16.7);
  const { videoPackets, audioBytes, seconds } = await flow(2);
  assert.equal(videoPackets || 0, 0);
  assert.ok(kbps(audioBytes, seconds) < 14);
});

test('6 kbps in 120 ms packets without transport-wide feedback: about 9 kbps on the wire', async () => {
  await obey({ a: voice(6000, 120), tcc: false });
  await untilPackets(8.33);
  const { audioPackets, audioBytes, audioHeaders, seconds } = await flow(4);
  assert.equal(audioHeaders, 12 * audioPackets, 'no header extensions');
  const wire = kbps(audioBytes + 50 * audioPackets, seconds);
  assert.ok(wire > 6 && wire < 10.2, `${wire.toFixed(1)} kbps`);
});

test('the feedback comes back when it is wanted again, under the number that the server knows', async () => {
  const before = await page.evaluate(() => JSON.stringify(window.run.transport.offer()));
  await obey({ a: voice(8000, 60) });
  await untilPackets(16.7);
  const { audioPackets, audioHeaders } = await flow(2);
  assert.ok(audioHeaders > 12 * audioPackets);
  assert.equal(await page.evaluate(() => JSON.stringify(window.run.transport.offer())), before);
});

test('RED on and off shows on payload types and on the bytes', async () => {
  const types = () => page.evaluate(() => window.run.payloadTypes());
  const { a } = await page.evaluate(() => window.run.transport.offer());
  const plain = await flow(3);
  assert.equal(await types(), a.opus);
  await obey({ a: voice(8000, 60, true) });
  await until('RED to come', async () => (await types()) === a.red);
  await flow(0.5);
  const red = await flow(3);
  await obey({ a: voice(8000, 60) });
  await until('plain Opus to come', async () => (await types()) === a.opus);
  // Each frame twice; the camera's beeps and the pauses between them do not fall alike into the two spans.
  const ratio = red.audioBytes / red.audioPackets / (plain.audioBytes / plain.audioPackets);
  assert.ok(ratio > 1.5 && ratio < 2.6, `each packet ${ratio.toFixed(2)} times as big`);
});

test('a change of rate alone is made without a new description', async () => {
  const cycles = () => page.evaluate(() => window.run.cycles);
  const before = await cycles();
  await obey({ a: voice(24_000, 60) });
  await until('a higher rate', async () => {
    const { audioBytes, seconds } = await flow(1);
    return kbps(audioBytes, seconds) > 18;
  });
  assert.equal(await cycles(), before);
});

test('a picture as it is commanded, within its bits; braked and off, not one packet more', async () => {
  await obey({ a: voice(16_000, 60), v: { kbps: 100, fps: 10, h: 120 } });
  await until('pictures', async () => (await counters()).frames > 5);
  await flow(3);
  const { videoBytes, videoPackets, frames, height, seconds } = await flow(4);
  assert.equal(height, 120);
  assert.ok(frames / seconds < 11.5, `${(frames / seconds).toFixed(1)} pictures a second`);
  const wire = kbps(videoBytes + 38 * videoPackets, seconds);
  assert.ok(wire > 30 && wire < 125, `${wire.toFixed(1)} kbps`);

  for (const stop of [
    () => page.evaluate(() => window.run.transport.sender.brake()),
    () => obey({ a: voice(16_000, 60) }),
  ]) {
    await obey({ a: voice(16_000, 60), v: { kbps: 100, fps: 10, h: 120 } });
    const { frames: had } = await counters();
    await until('pictures again', async () => (await counters()).frames > had + 5);
    await stop();
    // What was in the pacer comes within half a second of sound.
    await flow(0.5);
    assert.equal((await flow(3)).videoPackets, 0);
  }
});

test('up to 480 rows and far more bits, when they are commanded', async () => {
  await obey({ a: voice(24_000, 20), v: { kbps: 1500, fps: 30, h: 480 } });
  await until('640x480 at a rate above 500 kbps', async () => {
    const { videoBytes, height, seconds } = await flow(1);
    const seen = kbps(videoBytes, seconds);
    if (height === 480 && seen > 500) return true;
    throw new Error(`${height} rows, ${seen.toFixed(0)} kbps`);
  });
});
