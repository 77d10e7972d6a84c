import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { parseFrame } from '../src/beside/frames';
import type { Kind, Offer, Said } from '../src/beside/messages';
import { Uploads, type UploadNews } from '../src/beside/uploads';

/** A server as the protocol has it, on a line that is a clock and a list of what came. */
class Server {
  nowMs = 0;
  open = true;
  buffered = 0;
  said: Said[] = [];
  chunks: { readonly n: number; readonly off: number; readonly length: number; readonly atMs: number }[] = [];
  readonly kept = new Map<string, number[]>();
  numbers = new Map<number, string>();
  private timers: { readonly atMs: number; readonly act: () => void }[] = [];
  acks = true;
  news: UploadNews[] = [];
  readonly uploads = new Uploads(
    {
      say: m => this.onSaid(m),
      sayBytes: frame => this.onBytes(frame),
      buffered: () => (this.open ? this.buffered : undefined),
      nowMs: () => this.nowMs,
      after: (ms, act) => void this.timers.push({ atMs: this.nowMs + ms, act }),
    },
    news => this.news.push(news),
  );

  private onSaid(m: Said): void {
    if (!this.open) return;
    this.said.push(m);
    if (m.t === 'put') this.numbers.set(m.n, m.id);
  }

  private onBytes(data: Uint8Array<ArrayBuffer>): void {
    const frame = parseFrame(data.buffer);
    assert.ok(frame && this.open);
    const id = this.numbers.get(frame.n);
    assert.ok(id, 'a number that was put');
    this.chunks.push({ n: frame.n, off: frame.off, length: frame.bytes.length, atMs: this.nowMs });
    const have = this.kept.get(id) ?? [];
    assert.equal(frame.off, have.length, 'chunks come in order');
    have.push(...frame.bytes);
    this.kept.set(id, have);
    if (this.acks) this.uploads.onAck(frame.n, have.length);
  }

  pass(ms: number): void {
    const end = this.nowMs + ms;
    for (;;) {
      const next = [...this.timers].sort((a, b) => a.atMs - b.atMs)[0];
      if (!next || next.atMs > end) break;
      this.timers.splice(this.timers.indexOf(next), 1);
      this.nowMs = next.atMs;
      next.act();
    }
    this.nowMs = end;
  }

  /** All answers to what was put on this socket. */
  puts(): string[] {
    return this.said.flatMap(m => (m.t === 'put' ? [m.id] : []));
  }

  cut(): void {
    this.open = false;
    this.said = [];
    this.numbers = new Map();
    this.uploads.lost();
  }

  mend(): void {
    this.open = true;
    this.uploads.opened();
  }
}

const data = (length: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length }, (_, i) => i % 251);
const offer = (name: string, kind: Kind, bytes: number): Offer => ({
  id: name.padEnd(16, '_'),
  kind,
  bytes,
  type: 'image/jpeg',
});
const PACE = { t: 'pace', up: 16, win: 2400, chunk: 400 } as const;

let server: Server;
const add = (name: string, kind: Kind, bytes: number): string => {
  const item = offer(name, kind, bytes);
  server.uploads.add(item, data(bytes));
  return item.id;
};

beforeEach(() => {
  server = new Server();
  server.uploads.opened();
});

describe('pace', () => {
  test('nothing is sent before the server says how fast, and nothing while it says 0', () => {
    const id = add('photo', 'photo', 3000);
    server.pass(10_000);
    assert.equal(server.chunks.length, 0);
    server.uploads.onPace(PACE);
    server.pass(1000);
    const before = server.chunks.length;
    assert.ok(before > 0);
    server.uploads.onPace({ ...PACE, up: 0, why: 'queue' });
    server.pass(60_000);
    assert.equal(server.chunks.length, before);
    assert.equal(server.news.at(-1)?.state, 'going', 'what was said last before the pause');
    server.uploads.onPace(PACE);
    server.pass(60_000);
    assert.equal(server.kept.get(id)?.length, 3000);
  });

  test('chunks and their cost keep under the rate', () => {
    add('photo', 'photo', 100_000);
    server.uploads.onPace(PACE);
    server.pass(20_000);
    const bits = server.chunks.reduce((sum, { length }) => sum + (length + 75) * 8, 0);
    assert.ok(bits <= 16 * 20_000 + (400 + 75) * 8, `${bits}`);
    assert.ok(bits >= 0.9 * 16 * 20_000, `${bits}: the rate is used`);
    assert.ok(server.chunks.every(({ length }) => length <= 400));
  });

  test('at most one chunk waits in the socket', () => {
    add('photo', 'photo', 4000);
    server.buffered = 0;
    server.uploads.onPace({ ...PACE, up: 1000 });
    assert.equal(server.chunks.length, 1);
    server.buffered = 404;
    server.pass(5000);
    assert.equal(server.chunks.length, 1);
    server.buffered = 0;
    server.pass(100);
    assert.ok(server.chunks.length > 1);
  });

  test('no more than the window is on its way, and an acknowledgement goes on', () => {
    server.acks = false;
    add('photo', 'photo', 20_000);
    server.uploads.onPace({ ...PACE, up: 1000 });
    server.pass(10_000);
    assert.equal(
      server.chunks.reduce((sum, { length }) => sum + length, 0),
      2400,
    );
    server.uploads.onAck(server.chunks[0]?.n as number, 1200);
    server.pass(1000);
    assert.equal(
      server.chunks.reduce((sum, { length }) => sum + length, 0),
      3600,
    );
  });

  test('a window smaller than a chunk still lets one through', () => {
    const id = add('photo', 'photo', 900);
    server.uploads.onPace({ ...PACE, win: 100 });
    server.pass(10_000);
    assert.equal(server.kept.get(id)?.length, 900);
  });
});

describe('who goes first', () => {
  test('thumb, note, photo, still; a later note overtakes a photo', () => {
    add('still', 'still', 800);
    add('photo', 'photo', 8000);
    add('thumb', 'thumb', 800);
    server.uploads.onPace(PACE);
    server.pass(1500);
    add('note', 'note', 800);
    server.pass(60_000);
    const order = server.chunks.map(({ n }) => server.numbers.get(n)?.replace(/_/g, ''));
    const first = (name: string): number => order.indexOf(name);
    assert.equal(order[0], 'thumb');
    assert.ok(first('note') < order.lastIndexOf('photo'));
    assert.ok(order.lastIndexOf('note') - first('note') === 1, 'the note is not interrupted');
    assert.ok(first('still') > order.lastIndexOf('photo'));
  });

  test('a new still takes the place of an older one', () => {
    add('first', 'still', 4000);
    assert.deepEqual(server.uploads.still, { begun: false });
    add('second', 'still', 400);
    server.uploads.onPace(PACE);
    server.pass(10_000);
    assert.deepEqual([...server.kept.keys()], ['second__________']);
  });

  test('at most eight are put at once; the next follows one that is done', () => {
    for (let i = 0; i < 10; i++) add(`note${i}`, 'note', 100);
    assert.equal(server.puts().length, 8);
    server.uploads.onDone('note0___________');
    assert.equal(server.puts().length, 9);
  });
});

describe('what breaks', () => {
  test('after a lost socket it is put again and goes on where the server says', () => {
    const id = add('photo', 'photo', 20_000);
    server.uploads.onPace(PACE);
    server.pass(4000);
    server.cut();
    // A power cut took what the server had not written.
    const kept = server.kept.get(id) as number[];
    kept.length = 3000;
    server.chunks = [];
    server.mend();
    server.uploads.onPace(PACE);
    server.pass(5000);
    assert.equal(server.chunks.length, 0, 'the server is asked first');
    const again = server.said.find(m => m.t === 'put');
    assert.ok(again?.t === 'put' && again.id === id);
    server.uploads.onGo(id, 3000);
    server.pass(60_000);
    assert.equal(server.chunks.at(0)?.off, 3000);
    assert.deepEqual(server.kept.get(id), [...data(20_000)]);
  });

  test('what an earlier visit began waits for the server as well', () => {
    const item = offer('old', 'photo', 2000);
    server.uploads.add(item, data(2000), true);
    server.kept.set(item.id, [...data(1600)]);
    server.uploads.onPace(PACE);
    server.pass(1000);
    assert.equal(server.chunks.length, 0);
    server.uploads.onGo(item.id, 1600);
    server.pass(2000);
    assert.deepEqual(
      server.chunks.map(({ off }) => off),
      [1600],
    );
  });

  test('an item that is there already is done', () => {
    const id = add('photo', 'photo', 2000);
    server.uploads.onDone(id);
    assert.deepEqual([server.news.at(-1)?.state, server.news.at(-1)?.kept], ['done', 2000]);
    assert.equal(server.uploads.pending().length, 0);
  });

  test('a refusal for good is told; one that may be tried again is, later and later', () => {
    const big = add('big', 'photo', 2000);
    server.uploads.onRefuse(big, 'too-large', false);
    assert.deepEqual([server.news.at(-1)?.state, server.news.at(-1)?.why], ['refused', 'too-large']);
    const id = add('photo', 'photo', 2000);
    for (const pause of [4000, 8000, 16_000]) {
      const before = server.puts().length;
      server.uploads.onRefuse(id, 'disk-full', true);
      server.pass(pause - 1);
      assert.equal(server.puts().length, before);
      server.pass(1);
      assert.equal(server.puts().length, before + 1);
    }
  });

  test('a hash that is wrong four times is not the line', () => {
    const id = add('photo', 'photo', 2000);
    for (let i = 0; i < 4; i++) {
      server.uploads.onRefuse(id, 'wrong-hash', true);
      server.pass(60_000);
    }
    assert.deepEqual([server.news.at(-1)?.state, server.news.at(-1)?.why], ['refused', 'wrong-hash']);
  });

  test('acknowledgements of what was not sent, or of nobody, change nothing', () => {
    const id = add('photo', 'photo', 4000);
    server.uploads.onPace(PACE);
    server.pass(300);
    const { n } = server.chunks[0] as { n: number };
    server.uploads.onAck(n, 999_999);
    server.uploads.onAck(99, 5);
    server.uploads.onGo('nobody__________', 10);
    server.pass(60_000);
    assert.equal(server.kept.get(id)?.length, 4000);
  });

  test('given up is told to the server', () => {
    const id = add('photo', 'photo', 4000);
    server.uploads.cancel(id);
    assert.ok(server.said.some(m => m.t === 'cancel' && m.id === id));
    assert.equal(server.uploads.pending().length, 0);
  });
});

describe('time left', () => {
  test('is what the last ten seconds promise, with what goes before', () => {
    add('photo', 'photo', 40_000);
    server.uploads.onPace(PACE);
    server.pass(20_000);
    const { leftSeconds = 0, kept } = server.news.at(-1) as UploadNews;
    const rate = kept / 20;
    assert.ok(Math.abs(leftSeconds - (40_000 - kept) / rate) < 2, `${leftSeconds}`);
  });

  test('is not said while nothing moves', () => {
    add('photo', 'photo', 40_000);
    server.uploads.onPace(PACE);
    server.pass(5000);
    server.cut();
    assert.deepEqual([server.news.at(-1)?.state, server.news.at(-1)?.leftSeconds], ['waiting', undefined]);
  });
});
