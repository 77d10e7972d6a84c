import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Offer } from '../src/beside/messages';
import { Plain } from '../src/beside/plain';
import { Uploads, type UploadNews } from '../src/beside/uploads';

const ID = 'note____________';
const data = Uint8Array.from({ length: 30_000 }, (_, i) => i % 241);
const offer: Offer = { id: ID, kind: 'note', bytes: data.length, type: 'audio/webm', sha: 'x' };
const realFetch = globalThis.fetch;

let kept: number[];
let calls: string[];
let ended: Promise<string>;
let uploads: Uploads;
let plain: Plain;
/** What goes wrong, once each. */
let troubles: (() => Response | undefined)[];

const at = (status: number, off?: number): Response =>
  new Response(null, { status, headers: off === undefined ? {} : { 'Upload-Offset': String(off) } });

async function server(url: string, init: RequestInit): Promise<Response> {
  calls.push(`${init.method} ${url}`);
  const trouble = troubles.shift()?.();
  if (trouble) return trouble;
  if (init.method === 'POST') return at(201, kept.length);
  const headers = init.headers as Record<string, string>;
  assert.equal(headers['Authorization'], 'Bearer token');
  const off = Number(headers['Upload-Offset']);
  if (off !== kept.length) {
    const problem = JSON.stringify({ type: 'urn:raabta:problem:wrong-offset' });
    return new Response(problem, { status: 409, headers: { 'Upload-Offset': String(kept.length) } });
  }
  kept.push(...(init.body as Uint8Array));
  return at(204, kept.length);
}

beforeEach(() => {
  [kept, calls, troubles] = [[], [], []];
  globalThis.fetch = ((url: string, init: RequestInit) => server(url, init)) as typeof fetch;
  ended = new Promise(resolve => {
    uploads = new Uploads(
      {
        say: () => undefined,
        sayBytes: () => undefined,
        buffered: () => undefined,
        nowMs: () => 0,
        after: () => undefined,
      },
      ({ state, why }: UploadNews) => (state === 'done' || state === 'refused') && resolve(why ?? state),
    );
    plain = new Plain('token', uploads, {
      entries: () => undefined,
      done: id => uploads.onDone(id),
      refused: (id, type) => uploads.onRefuse(id, type, false),
      words: () => [],
      v: () => 0,
    });
  });
});
afterEach(() => {
  plain.stop();
  globalThis.fetch = realFetch;
});

test('without a socket an item goes in pieces over HTTP', async () => {
  uploads.add(offer, data);
  plain.finish(true);
  assert.equal(await ended, 'done');
  assert.deepEqual(Uint8Array.from(kept), data);
  assert.equal(calls[0], 'POST /api/transfers');
  assert.ok(calls.length > 3, 'in pieces');
});

test('what the server has is not sent again', async () => {
  kept.push(...data.subarray(0, 29_000));
  uploads.add(offer, data, true);
  plain.finish(true);
  assert.equal(await ended, 'done');
  assert.deepEqual(calls, ['POST /api/transfers', `PATCH /api/transfers/${ID}`]);
});

test('at another offset than the server has, the server is right', async () => {
  troubles = [() => at(200, 500)];
  kept.push(...data.subarray(0, 2_000));
  uploads.add(offer, data, true);
  plain.finish(true);
  assert.equal(await ended, 'done');
  assert.deepEqual(Uint8Array.from(kept), data);
});

test('what is refused for good is told with its reason', async () => {
  troubles = [() => new Response('{"type":"urn:raabta:problem:consult-ended"}', { status: 410 })];
  uploads.add(offer, data, true);
  plain.finish(true);
  assert.equal(await ended, 'consult-ended');
});

test('nothing is brought where it is not allowed', async () => {
  uploads.add(offer, data);
  plain.finish(false);
  await new Promise(resolve => setImmediate(resolve));
  assert.deepEqual(calls, []);
});
