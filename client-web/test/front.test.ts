import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFront } from '../src/beside/front';

test('what is said of line, calls and data is read', () => {
  assert.deepEqual(parseFront('{"t":"place","n":2,"doc":"away"}'), { t: 'place', n: 2, doc: 'away' });
  assert.deepEqual(parseFront('{"t":"place","n":1,"name":"Zainab"}'), { t: 'place', n: 1, name: 'Zainab' });
  assert.deepEqual(parseFront('{"t":"ring","by":"doctor"}'), { t: 'ring' });
  assert.deepEqual(parseFront('{"t":"used","kb":120,"p":0.5,"max":5}'), { t: 'used', kb: 120, price: 0.5, max: 5 });
  assert.deepEqual(parseFront('{"t":"used","kb":0}'), { t: 'used', kb: 0 });
});

test('what does not fit is left to others, and a strange field is as if it had not come', () => {
  for (const frame of [
    '{"t":"place","n":0}',
    '{"t":"place","n":"2"}',
    '{"t":"used"}',
    '{"t":"used","kb":-1}',
    '{"t":"msg"}',
    'null',
    '[]',
    '{',
    new ArrayBuffer(2),
  ])
    assert.equal(parseFront(frame), undefined);
  assert.deepEqual(parseFront('{"t":"place","n":3.7,"doc":"<b>","name":7}'), { t: 'place', n: 3 });
  assert.deepEqual(parseFront('{"t":"used","kb":5,"p":"x","max":null}'), { t: 'used', kb: 5 });
});
