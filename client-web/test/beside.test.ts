import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { besideEn } from '../src/messages/beside.en';
import { besideUr } from '../src/messages/beside.ur';
import { consoleEn } from '../src/messages/console.en';
import { consoleUr } from '../src/messages/console.ur';
import { complaints } from '../build/languages.mjs';
import { ackFrame, chunkFrame, parseFrame } from '../src/beside/frames';
import { drawId, parseHeard, sha256 } from '../src/beside/messages';
import { leastQuality, scaleOf, strongEnough } from '../src/beside/photofile';
import { hushed } from '../src/beside/talk';
import { Timeline } from '../src/beside/timeline';
import { moved, WHOLE, zoomed } from '../src/doctor/lens';

const ID = 'aaaaAAAAbbbbBBB-';

describe('frames', () => {
  test('four bytes and the item, back and forth', () => {
    const frame = parseFrame(chunkFrame(127, 0xfedcba, Uint8Array.of(1, 2, 3)).buffer);
    assert.deepEqual([frame?.n, frame?.ack, frame?.off, [...(frame?.bytes ?? [])]], [127, false, 0xfedcba, [1, 2, 3]]);
    const ack = parseFrame(ackFrame(1, 260).buffer);
    assert.deepEqual([ack?.n, ack?.ack, ack?.off, ack?.bytes.length], [1, true, 260, 0]);
  });

  test('what is too short or numbered 0 is none', () => {
    assert.equal(parseFrame(new ArrayBuffer(3)), undefined);
    assert.equal(parseFrame(Uint8Array.of(0, 0, 0, 0).buffer), undefined);
    assert.equal(parseFrame(Uint8Array.of(128, 0, 0, 0).buffer), undefined);
  });
});

describe('messages', () => {
  test('a pace with what is missing filled in', () => {
    assert.deepEqual(parseHeard('{"t":"pace","up":8.5}'), { t: 'pace', up: 8.5, win: 1200, chunk: 400 });
    assert.deepEqual(parseHeard('{"t":"pace","up":0,"why":"queue","win":900,"chunk":4000}'), {
      t: 'pace',
      up: 0,
      win: 900,
      chunk: 400,
      why: 'queue',
    });
  });

  test('entries keep what is known and of the right kind', () => {
    const heard = parseHeard(
      `{"t":"tl","more":1,"e":[{"i":1,"v":2,"k":"photo","id":"${ID}","bytes":5,"view":"odd","w":"x","strange":1},{"i":"x"},7]}`,
    );
    assert.deepEqual(heard, { t: 'tl', more: true, e: [{ k: 'photo', id: ID, bytes: 5, i: 1, v: 2 }] });
  });

  test('what does not fit is as if it had not come', () => {
    for (const odd of [
      '',
      '[',
      '7',
      'null',
      '{"t":"welcome"}',
      '{"t":"go","id":"short","n":1,"off":0}',
      '{"t":"pace","up":-1}',
      '{"t":"give"}',
    ])
      assert.equal(parseHeard(odd), undefined, odd);
  });

  test('ids are 16 characters and differ; hashes are base64url', async () => {
    assert.match(drawId(), /^[\w-]{16}$/);
    assert.notEqual(drawId(), drawId());
    assert.equal(await sha256(new TextEncoder().encode('abc')), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });
});

describe('the time line', () => {
  test('changes fill in what they do not say; older news does not undo newer', () => {
    const timeline = new Timeline();
    timeline.merge([{ i: 1, v: 5, k: 'photo', by: 'patient', s: 'coming', id: ID, bytes: 9 }]);
    timeline.merge([{ i: 1, v: 8, s: 'delivered' }]);
    timeline.merge([{ i: 1, v: 6, s: 'sent' }]);
    assert.deepEqual(timeline.all(), [{ i: 1, v: 8, k: 'photo', by: 'patient', s: 'delivered', id: ID, bytes: 9 }]);
    assert.equal(timeline.v, 8);
  });

  test('own words stay unsent until they stand in it, and keep their text', () => {
    const timeline = new Timeline();
    timeline.write({ id: ID, text: 'where it hurts', at: 1 });
    const again = new Timeline();
    again.restore(timeline.keep());
    assert.equal(again.unsent.length, 1);
    again.merge([{ i: 3, v: 3, k: 'msg', by: 'patient', s: 'sent', id: ID }]);
    assert.equal(again.unsent.length, 0);
    assert.equal(again.all()[0]?.text, 'where it hurts');
  });

  test('the open request is the last one that nobody has answered', () => {
    const timeline = new Timeline();
    timeline.merge([
      { i: 1, v: 1, k: 'ask', by: 'doctor', id: 'one', view: 'far', s: 'sent' },
      { i: 2, v: 2, k: 'ask', by: 'doctor', id: 'two', view: 'close', s: 'sent' },
    ]);
    assert.equal(timeline.openRequest()?.id, 'two');
    timeline.merge([{ i: 3, v: 3, k: 'photo', by: 'patient', for: 'two', s: 'coming' }]);
    assert.equal(timeline.openRequest()?.id, 'one');
    timeline.merge([{ i: 1, v: 4, s: 'answered' }]);
    assert.equal(timeline.openRequest(), undefined);
  });

  test('unseen are what others sent and nobody looked at', () => {
    const timeline = new Timeline();
    timeline.merge([
      { i: 1, v: 1, k: 'msg', by: 'doctor', s: 'delivered' },
      { i: 2, v: 2, k: 'msg', by: 'patient', s: 'sent' },
      { i: 3, v: 3, k: 'event', by: 'server', s: 'sent' },
      { i: 4, v: 4, k: 'note', by: 'doctor', s: 'seen' },
      { i: 5, v: 5, k: 'photo', by: 'doctor', s: 'coming' },
    ]);
    assert.equal(timeline.unseen('patient'), 1);
  });
});

describe('a clinical photo', () => {
  test('covers 1024 x 768 either way round, is never made larger, never less than it was asked for', () => {
    const size = (w: number, h: number): string => `${Math.round(w * scaleOf(w, h))}x${Math.round(h * scaleOf(w, h))}`;
    assert.equal(size(4000, 3000), '1024x768');
    assert.equal(size(3000, 4000), '768x1024');
    assert.equal(size(4000, 2250), '1365x768');
    assert.equal(size(800, 600), '800x600');
    assert.equal(size(640, 480), '640x480');
  });

  test('is compressed no stronger than 20:1, with the least bytes that allow it', async () => {
    const tried: number[] = [];
    const bytes = (quality: number): number => Math.round(20_000 + 400_000 * quality ** 4);
    const made = await leastQuality(1024, 768, async quality => {
      tried.push(quality);
      return { size: bytes(quality) };
    });
    assert.ok(made && strongEnough(1024, 768, made.size));
    assert.ok(made.size < 1.25 * ((1024 * 768 * 3) / 20), `${made.size}`);
    const rich = await leastQuality(1024, 768, async () => ({ size: 300_000 }));
    assert.equal(rich?.size, 300_000);
    const wall = await leastQuality(1024, 768, async quality => ({ size: Math.round(9000 * quality) }));
    assert.equal(wall?.size, Math.round(9000 * 0.97), 'a smooth one is sent at the best there is');
  });
});

describe('who is heard', () => {
  test('on push-to-talk only who has the floor, on notes nobody live, else everybody', () => {
    const rungs = (up: string, down = up): { rungUp: string; rungDown: string } => ({ rungUp: up, rungDown: down });
    assert.ok(hushed(rungs('push-to-talk'), undefined));
    assert.ok(hushed(rungs('push-to-talk'), { you: false, by: 'doctor' }));
    assert.ok(!hushed(rungs('push-to-talk'), { you: true, by: 'patient' }));
    assert.ok(hushed(rungs('voice', 'push-to-talk'), undefined));
    assert.ok(hushed(rungs('notes'), { you: true }));
    assert.ok(!hushed(rungs('thin-voice'), undefined));
    assert.ok(!hushed(rungs('', ''), undefined));
  });
});

describe('a photo under the lens', () => {
  test('what lies under the pointer stays there', () => {
    const lens = zoomed(WHOLE, 2, 100, -50);
    assert.deepEqual(lens, { zoom: 2, x: -100, y: 50 });
    const again = zoomed(lens, 0.5, 100, -50);
    assert.deepEqual(again, WHOLE);
  });

  test('it is neither lost at the edges nor made smaller than the frame', () => {
    assert.deepEqual(moved(zoomed(WHOLE, 2, 0, 0), 9999, -9999, 400, 300), { zoom: 2, x: 200, y: -150 });
    assert.equal(zoomed(WHOLE, 0.1, 0, 0).zoom, 1);
    assert.equal(zoomed(WHOLE, 1000, 0, 0).zoom, 12);
  });
});

test('every text of the doctor is there in Urdu, with the same gaps to fill', () => {
  const english: Readonly<Record<string, string>> = { ...besideEn, ...consoleEn };
  assert.deepEqual(complaints('ur', { ...besideUr, ...consoleUr }, english), []);
});
