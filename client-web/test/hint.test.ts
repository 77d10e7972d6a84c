import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { differs, hintOf, loadKbps, showsUplink, type Load } from '../src/shared/hint';

/** A page of 16 KB after a handshake of 1300 ms. */
const load = (change: Partial<Load>): Load => ({
  transferSize: 16_000,
  connectStart: 100,
  secureConnectionStart: 1400,
  connectEnd: 4000,
  requestStart: 4000,
  responseStart: 5300,
  responseEnd: 8950,
  ...change,
});
const CARRIED = { down: 40, up: 30, net: 'cellular' };

describe('what the page’s own load proves', () => {
  test('35 kbps', () => assert.equal(Math.round(loadKbps(load({})) ?? 0), 37));
  test('a response that was decrypted in one piece is not taken for a fast link', () => {
    const kbps = loadKbps(load({ responseStart: 8940 }));
    assert.equal(Math.round(kbps ?? 0), 37);
  });
  test('a fast link proves no more than it can', () => {
    const fast = { connectStart: 0, secureConnectionStart: 30, requestStart: 90, responseStart: 121, responseEnd: 125 };
    const kbps = loadKbps(load(fast)) ?? 0;
    assert.ok(kbps > 1000 && kbps < 1200, String(kbps));
  });
  test('plain HTTP has no TLS to tell the round trip', () => {
    assert.equal(Math.round(loadKbps(load({ secureConnectionStart: 0, connectEnd: 1400 })) ?? 0), 37);
  });
  test('a page out of the cache, or one still loading, proves nothing', () => {
    assert.equal(loadKbps(load({ transferSize: 0 })), undefined);
    assert.equal(loadKbps(load({ transferSize: 300 })), undefined);
    assert.equal(loadKbps(load({ responseEnd: 0 })), undefined);
  });
});

describe('the uplink', () => {
  test('is tried where the link is wide and nobody saves', () => {
    assert.equal(showsUplink({ down: 500, m: 1 }), true);
    assert.equal(showsUplink({ down: 500, m: 1, save: 1 }), false);
    assert.equal(showsUplink({ down: 35, m: 1 }), false);
    assert.equal(showsUplink({}), false);
  });
});

describe('the hint', () => {
  const cached = load({ transferSize: 0 });
  test('measured beats remembered', () =>
    assert.deepEqual(hintOf(load({}), { type: 'cellular' }, CARRIED), { down: 37, m: 1 }));
  test('remembered, with care, on the same kind of network', () => {
    assert.deepEqual(hintOf(cached, { type: 'cellular' }, CARRIED), { down: 30, up: 23 });
    assert.deepEqual(hintOf(cached, { type: 'wifi' }, CARRIED), {});
    assert.deepEqual(hintOf(undefined, undefined, { ...CARRIED, net: '' }), { down: 30, up: 23 });
  });
  test('the browser’s word', () => {
    assert.deepEqual(hintOf(cached, { effectiveType: '2g', saveData: true }, undefined), { save: 1, thin: 1 });
    assert.deepEqual(hintOf(cached, { effectiveType: 'slow-2g' }, undefined), { thin: 1 });
    assert.deepEqual(hintOf(cached, { effectiveType: '4g', saveData: false }, undefined), {});
  });
});

test('written down only when it is news', () => {
  assert.equal(differs(undefined, { down: 3, up: 2, net: '' }), false);
  assert.equal(differs(undefined, CARRIED), true);
  assert.equal(differs(CARRIED, { ...CARRIED, down: 43 }), false);
  assert.equal(differs(CARRIED, { ...CARRIED, down: 45 }), true);
  assert.equal(differs(CARRIED, { ...CARRIED, net: 'wifi' }), true);
});
