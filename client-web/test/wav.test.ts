import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Downsampler, muLaw, RATE_HZ, wavFile } from '../src/beside/wav';

/** G.711's decoder, by its own table. */
function linear(code: number): number {
  const v = ~code & 0xff;
  const magnitude = ((((v & 0x0f) << 3) + 0x84) << ((v >> 4) & 7)) - 0x84;
  return (v & 0x80 ? -magnitude : magnitude) / 32_768;
}

test('mu-law comes back within its steps over the whole range', () => {
  for (let v = -1; v <= 1; v += 0.001) {
    const error = Math.abs(linear(muLaw(v)) - v);
    assert.ok(error <= 0.0005 + Math.abs(v) / 15, `${v}: off by ${error}`);
  }
  assert.equal(linear(muLaw(0)), 0);
  assert.ok(linear(muLaw(7)) > 0.95 && linear(muLaw(-7)) < -0.95, 'louder than full scale is full scale');
});

test('any rate comes out at 8 kHz, pieces of any size', () => {
  for (const hz of [8_000, 16_000, 22_050, 44_100, 48_000]) {
    const down = new Downsampler(hz);
    let n = 0;
    for (let left = hz; left > 0; left -= 1000) n += down.push(new Float32Array(Math.min(1000, left))).length;
    assert.ok(Math.abs(n - RATE_HZ) <= 1, `${hz}: ${n}`);
  }
});

test('the file says what it holds, padded to an even length', () => {
  const file = wavFile([Uint8Array.of(1, 2), Uint8Array.of(3)]);
  const view = new DataView(file.buffer);
  assert.equal(Buffer.from(file.subarray(0, 4)).toString(), 'RIFF');
  assert.equal(view.getUint32(4, true), file.length - 8);
  assert.equal(Buffer.from(file.subarray(8, 16)).toString(), 'WAVEfmt ');
  assert.deepEqual(
    [20, 22, 34].map(at => view.getUint16(at, true)),
    [7, 1, 8],
  );
  assert.equal(view.getUint32(24, true), 8000);
  assert.equal(view.getUint32(46, true), 3);
  assert.equal(Buffer.from(file.subarray(50, 54)).toString(), 'data');
  assert.equal(view.getUint32(54, true), 3);
  assert.deepEqual([...file.subarray(58)], [1, 2, 3, 0]);
});
