import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripped, tellsNothing } from '../src/beside/jpeg';

const bytes = (...parts: (number[] | string)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap(part => (typeof part === 'string' ? [...part].map(c => c.charCodeAt(0)) : part)));
const segment = (marker: number, body: number[]): number[] => [0xff, marker, 0, body.length + 2, ...body];
const text = (words: string): number[] => [...words].map(c => c.charCodeAt(0));

const SOI = [0xff, 0xd8];
const EOI = [0xff, 0xd9];
const JFIF = segment(0xe0, text('JFIF\0'));
const EXIF = segment(0xe1, text('Exif\0\0MM GPS 31.5204N 74.3587E'));
const ADOBE = segment(0xee, text('Adobe'));
const ICC = segment(0xe2, text('ICC_PROFILE\0 of a screen'));
const MORE = segment(0xe2, text('MPF\0 and a second picture'));
const SMALL = segment(0xe0, text('JFXX\0 and a third'));
const COMMENT = segment(0xfe, text('taken at home'));
const TABLE = segment(0xdb, [0, 1, 2, 3]);
// Stuffed zero, a restart and fill bytes belong to the scan.
const SCAN = [...segment(0xda, [1, 1, 0]), 0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56];

describe('what a camera wrote into a JPEG', () => {
  test('place, device, comments and a trailer are taken out; the picture stays as it was', () => {
    const whole = bytes(
      SOI,
      JFIF,
      SMALL,
      EXIF,
      ICC,
      MORE,
      ADOBE,
      COMMENT,
      TABLE,
      SCAN,
      EOI,
      'MotionPhoto mp4 with its own place',
    );
    const out = stripped(whole);
    assert.deepEqual([...(out ?? [])], [...bytes(SOI, JFIF, ICC, ADOBE, TABLE, SCAN, EOI)]);
    assert.ok(!tellsNothing(whole));
    assert.ok(out && tellsNothing(out));
    assert.ok(!Buffer.from(out).includes('GPS'));
  });

  test('EXIF between two scans of a progressive picture is found as well', () => {
    const out = stripped(bytes(SOI, TABLE, SCAN, EXIF, TABLE, SCAN, EOI));
    assert.deepEqual([...(out ?? [])], [...bytes(SOI, TABLE, SCAN, TABLE, SCAN, EOI)]);
  });

  test('fill bytes before a marker do not hide it', () => {
    assert.ok(!tellsNothing(bytes(SOI, [0xff, 0xff], EXIF, SCAN, EOI)));
    assert.deepEqual([...(stripped(bytes(SOI, [0xff, 0xff], EXIF, SCAN, EOI)) ?? [])], [...bytes(SOI, SCAN, EOI)]);
  });

  test('what is no whole JPEG is refused: other files, cut ones, lengths that lie', () => {
    for (const odd of [
      bytes('RIFF....WEBPVP8 '),
      bytes([]),
      bytes(SOI),
      bytes(SOI, JFIF, SCAN),
      bytes(SOI, [0xff, 0xe1, 0xff, 0xff, 1, 2], EOI),
      bytes(SOI, [0xff, 0xe1, 0, 1], EOI),
      bytes(SOI, [0x42], EOI),
    ]) {
      assert.equal(stripped(odd), undefined);
      assert.ok(!tellsNothing(odd));
    }
  });
});
