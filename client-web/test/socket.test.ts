import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import type { Early } from '../src/shared/early';
import { ControlSocket, pauseMs } from '../src/shared/socket';

/** Stands for a WebSocket: what the network does to it is done by hand. */
class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((e: { data: unknown }) => void) | null = null;
  onclose: ((e: { code: number }) => void) | null = null;
  readonly sent: string[] = [];
  readyState = 0;
  closed = false;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.closed = true;
  }
}

let sockets: FakeSocket[];
let heard: string[];
let nowMs: number;
let socket: ControlSocket;
const last = (): FakeSocket => sockets[sockets.length - 1] as FakeSocket;
const pass = (ms: number): void => {
  nowMs += ms;
  mock.timers.tick(ms);
};

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  [sockets, heard, nowMs] = [[], [], 0];
  begin(undefined);
});

function begin(early: Early | undefined): void {
  socket = new ControlSocket(
    {
      early,
      open: () => {
        sockets.push(new FakeSocket());
        return last() as unknown as WebSocket;
      },
      random: () => 1,
      nowMs: () => nowMs,
    },
    {
      message: m => heard.push(m.t),
      other: frame => heard.push(typeof frame === 'string' ? `other ${frame}` : 'bytes'),
      lost: opened => heard.push(opened ? 'lost' : 'not opened'),
      final: why => heard.push(`final ${why}`),
    },
  );
  socket.connect();
}

test('pauses double to ten seconds, the upper half drawn at random', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 6, 2000].map(n => pauseMs(n, 1)),
    [500, 1000, 2000, 4000, 8000, 10000, 10000, 10000],
  );
  assert.deepEqual(
    [0, 5].map(n => pauseMs(n, 0)),
    [250, 5000],
  );
});

describe('a socket that the head of the page opened', () => {
  const early = (readyState: number, ...got: string[]): FakeSocket => {
    socket.close();
    [sockets, heard] = [[], []];
    const ws = Object.assign(new FakeSocket(), { readyState, k: 'abcdefgh', got: got.map(data => ({ data })) });
    begin(ws as unknown as Early);
    return ws;
  };

  test('is the first one, and what came before is heard', () => {
    const ws = early(1, '{"t":"ended"}', 'x');
    assert.deepEqual([sockets.length, heard], [0, ['ended', 'other x']]);
    assert.ok(socket.open);
    socket.put('y');
    assert.deepEqual(ws.sent, ['y']);
    pass(25_000);
    assert.ok(!ws.closed, 'it is no attempt any more');
    ws.onclose?.({ code: 1006 });
    pass(500);
    assert.equal(sockets.length, 1, 'the next one is opened here');
  });

  test('may still be on its way', () => {
    const ws = early(0);
    assert.ok(!socket.open);
    ws.onopen?.();
    assert.ok(socket.open);
  });

  test('is none if it was lost before it was wanted', () => {
    early(3, '{"t":"ended"}');
    assert.deepEqual([sockets.length, heard], [1, []]);
  });
});

describe('coming back', () => {
  test('each failure waits longer, and never more than ten seconds', () => {
    for (const pause of [500, 1000, 2000, 4000, 8000, 10000, 10000]) {
      const before = sockets.length;
      last().onclose?.({ code: 1006 });
      pass(pause - 1);
      assert.equal(sockets.length, before);
      pass(1);
      assert.equal(sockets.length, before + 1);
    }
    assert.ok(heard.every(what => what === 'not opened'));
  });

  test('a socket that was good starts the pauses anew, one that fell at once does not', () => {
    last().onclose?.({ code: 1006 });
    pass(500);
    last().onopen?.();
    last().onclose?.({ code: 1012 });
    pass(999);
    assert.equal(sockets.length, 2);
    pass(1);
    last().onopen?.();
    pass(5_000);
    last().onclose?.({ code: 1006 });
    pass(500);
    assert.equal(sockets.length, 4);
    assert.deepEqual(heard, ['not opened', 'lost', 'lost']);
  });

  test('hurry does not wait, and does nothing while there is a socket', () => {
    last().onclose?.({ code: 1006 });
    socket.hurry();
    assert.equal(sockets.length, 2);
    socket.hurry();
    pass(60_000);
    assert.equal(sockets.filter(s => !s.closed).length, 1);
  });

  test('a socket that never opens is given up after 25 s', () => {
    pass(24_999);
    assert.equal(last().closed, false);
    pass(1);
    assert.equal(last().closed, true);
    pass(500);
    assert.equal(sockets.length, 2);
  });

  test('a dropped socket is closed, speaks no more and is followed by another', () => {
    const first = last();
    first.onopen?.();
    socket.drop();
    assert.equal(first.closed, true);
    assert.equal(first.onmessage, null);
    assert.equal(socket.open, false);
    pass(500);
    assert.equal(sockets.length, 2);
  });
});

describe('not coming back', () => {
  for (const [code, why] of [
    [4001, 'replaced'],
    [4002, 'ended'],
  ] as const) {
    test(`after ${code}`, () => {
      last().onopen?.();
      last().onclose?.({ code });
      pass(600_000);
      socket.hurry();
      assert.equal(sockets.length, 1);
      assert.deepEqual(heard, [`final ${why}`]);
    });
  }

  test('after close, until reopened', () => {
    socket.close();
    pass(600_000);
    socket.hurry();
    assert.equal(sockets.length, 1);
    socket.reopen();
    assert.equal(sockets.length, 2);
  });
});

test('messages pass when understood, other frames as they are; nothing is sent into a socket that is not open', () => {
  socket.send({ t: 'leave' });
  last().onopen?.();
  last().onmessage?.({ data: '{"t":"answer","gen":0}' });
  last().onmessage?.({ data: 'rubbish' });
  socket.send({ t: 'admit' });
  last().onmessage?.({ data: new ArrayBuffer(4) });
  assert.deepEqual(heard, ['answer', 'other rubbish', 'bytes']);
  assert.deepEqual(last().sent, ['{"t":"admit"}']);
});
