import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History, LOOKS, ago, audio, kbps, lines, ms, percent, video } from '../src/ops/model';
import type { Live } from '../src/ops/model';

const live = (up?: number): Live => ({
  at: 0,
  consults: [
    {
      id: 'c',
      state: 'call',
      since: 0,
      profile: '',
      legs: [
        {
          id: 'p',
          role: 'patient',
          kind: 'web',
          connected: true,
          socket: true,
          up: { confidence: 'low', state: 'clean', ...(up === undefined ? {} : { kbps: up }) },
        },
      ],
      dirs: [],
      drops: {},
    },
  ],
  more: 0,
  drops: {},
});

test('a link is remembered for two minutes, and forgotten when it is gone', () => {
  const history = new History();
  for (let i = 0; i < LOOKS + 5; i++) history.add(live(i));
  const values = history.of('c', 'p', 'up');
  assert.equal(values.length, LOOKS);
  assert.equal(values.at(-1), LOOKS + 4);
  history.add({ ...live(), consults: [] });
  assert.deepEqual(history.of('c', 'p', 'up'), []);
});

test('the plot ends at the right edge, from nothing at the bottom to the most at the top', () => {
  assert.deepEqual(lines([0, 50, 100], 118, 28), ['114.0,27.0 116.0,14.0 118.0,1.0']);
});

test('the plot has a gap where nothing was known', () => {
  assert.equal(lines([1, 1, undefined, 1, 1], 118, 28).length, 2);
  assert.deepEqual(lines([undefined, 1, undefined], 118, 28), []);
  assert.deepEqual(lines([], 118, 28), []);
});

test('figures that were not measured are a dash, never a zero', () => {
  assert.equal(kbps(undefined), '–');
  assert.equal(ms(undefined), '–');
  assert.equal(percent(undefined), '–');
  assert.equal(kbps(17.54), '17.5');
  assert.equal(kbps(1234.5), '1235');
  assert.equal(percent(0.0123), '1.2 %');
});

test('plans as people read them', () => {
  assert.equal(audio({ a: { br: 8000, pt: 60, red: 1, dtx: 1 } }), '8k / 60 ms + RED, DTX');
  assert.equal(video({ a: { br: 8000, pt: 60 } }), 'none');
  assert.equal(video({ a: { br: 8000, pt: 60 }, v: { kbps: 120, fps: 15, h: 240 } }), '120k, 15 fps, 240p');
  assert.equal(ago(0, 119_000), '119 s');
  assert.equal(ago(0, 600_000), '10 min');
  assert.equal(ago(0, 3 * 3600_000), '3 h');
});
