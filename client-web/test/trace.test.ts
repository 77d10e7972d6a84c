import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draw, NO_TRACES, traced } from '../src/doctor/trace';

test('two minutes are kept, and no more', () => {
  let traces = NO_TRACES;
  for (let ms = 0; ms <= 300_000; ms += 2000) traces = traced(traces, { id: 'p', upEst: 30, downKbps: 10 }, ms);
  assert.equal(traces.up.length, 61);
  assert.deepEqual(traces.up[0], { atMs: 180_000, could: 30, did: undefined });
  assert.deepEqual(traces.down[60], { atMs: 300_000, could: undefined, did: 10 });
});

test('a clock that was set back leaves nothing in the future', () => {
  const before = traced(NO_TRACES, { id: 'p', upEst: 30 }, 9000);
  assert.deepEqual(traced(before, { id: 'p', upEst: 31 }, 5000).up, [{ atMs: 5000, could: 31, did: undefined }]);
});

test('the newest stands at the right, the rate upwards', () => {
  const points = [
    { atMs: 0, could: 0, did: 10 },
    { atMs: 6000, could: 40, did: 10 },
  ];
  assert.deepEqual(draw(points, 120_000, 100, 40), {
    could: 'M0.0 40.0L5.0 0.0',
    did: 'M0.0 30.0L5.0 30.0',
    topKbps: 40,
  });
});

test('no line is drawn across what was not measured', () => {
  const at = (
    atMs: number,
    could: number | undefined,
  ): { atMs: number; could: number | undefined; did: undefined } => ({
    atMs,
    could,
    did: undefined,
  });
  const d = draw([at(0, 5), at(2000, undefined), at(4000, 5), at(60_000, 5)], 60_000, 120, 10).could;
  assert.equal(d.replace(/[^ML]/g, ''), 'MMM');
});

test('nothing yet is an empty picture', () => {
  assert.deepEqual(draw([], 0, 100, 40), { could: '', did: '', topKbps: 10 });
});
