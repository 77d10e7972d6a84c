import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseRelay, parseServerMessage } from '../src/shared/protocol';

const RELAY = { host: '203.0.113.5', udp: 9000, tcp: 8443, fp: 'A'.repeat(43), run: 'Zk3f9a' };
const WELCOME = {
  t: 'welcome',
  role: 'patient',
  leg: 'p-1',
  state: 'created',
  name: 'Zainab',
  lang: 'ur',
  relay: RELAY,
};
const parse = (m: unknown): unknown => parseServerMessage(JSON.stringify(m));

describe('messages of docs/protocol.md', () => {
  test('welcome, with unknown fields left out', () => {
    assert.deepEqual(parse({ ...WELCOME, opensAt: 1764000000, expiresAt: 1764086400, news: 1 }), WELCOME);
  });
  test('welcome of a link that is closed yet', () => {
    const early = { ...WELCOME, opensAt: 1764000000, opensIn: 3600 };
    assert.deepEqual(parse(early), early);
  });
  test('welcome without name, lang and tcp', () => {
    const { tcp: _, ...relay } = RELAY;
    const bare = { t: 'welcome', role: 'doctor', leg: 'd-1', state: 'call', relay };
    assert.deepEqual(parse(bare), bare);
  });
  test('state', () => {
    const leg = { id: 'p-1', role: 'patient', connected: true, socket: true, waitingSince: 1764000100, camera: true };
    const state = { t: 'state', state: 'call', since: 1764000123, you: 'call', legs: [{ ...leg, kind: 'web' }] };
    assert.deepEqual(parse(state), { t: 'state', state: 'call', since: 1764000123, legs: [leg] });
  });
  test('rung', () => {
    const rung = { t: 'rung', up: 'video', upReason: 'unconstrained', down: 'voice', downReason: 'camera-off' };
    assert.deepEqual(parse(rung), rung);
  });
  test('link, where what was not measured is missing and not zero', () => {
    const link = { t: 'link', legs: [{ id: 'p-1', rttMs: 1310, lossDown: 0, upState: 'clean' }], dirs: [] };
    assert.deepEqual(parse(link), link);
  });
  test('link with directions', () => {
    const dir = { from: 'patient', to: 'doctor', rung: 'voice', reason: 'uplink-thin', kbps: 18.2, nextKbps: 32 };
    const { nextKbps: _, ...best } = dir;
    assert.deepEqual(parse({ t: 'link', legs: [], dirs: [dir, best, { ...dir, from: 'nobody' }, 7] }), {
      t: 'link',
      legs: [],
      dirs: [dir, { ...dir, nextKbps: 0 }],
    });
  });
  test('send, whole and with everything left out', () => {
    const a = { br: 8000, pt: 60, red: 1, dtx: 1 };
    const v = { kbps: 120, fps: 15, h: 240 };
    assert.deepEqual(parse({ t: 'send', n: 7, a, v, tcc: 0, jb: 400, st: 3 }), {
      t: 'send',
      n: 7,
      a: { br: 8000, pt: 60, red: true, dtx: true },
      v,
      tcc: false,
      jb: 400,
      st: 3,
    });
    const silent = parse({ t: 'send', n: 8, a: { br: 6000, pt: 120 }, mic: 0 }) as { mic?: boolean };
    assert.equal(silent.mic, false);
    const pictures = parse({ t: 'send', n: 9, a: { br: 12000, pt: 60 }, s: { kbps: 8 } }) as { s?: number };
    assert.equal(pictures.s, 8);
    assert.deepEqual(parse({ t: 'send', n: 8, a: { br: 6000, pt: 120 } }), {
      t: 'send',
      n: 8,
      a: { br: 6000, pt: 120, red: false, dtx: false },
      tcc: true,
    });
  });
  test('quality', () => assert.deepEqual(parse({ t: 'quality', q: 'poor', x: 1 }), { t: 'quality', q: 'poor' }));
  test('answer, error and the bare ones', () => {
    assert.deepEqual(parse({ t: 'answer', gen: 3 }), { t: 'answer', gen: 3 });
    assert.deepEqual(parse({ t: 'error', type: 'wrong-state', detail: 'x', re: 'admit' }), {
      t: 'error',
      type: 'wrong-state',
      re: 'admit',
    });
    for (const t of ['replaced', 'ended', 'restarting', 'mediaLost'])
      assert.deepEqual(parse({ t, by: 'doctor' }), { t });
  });
});

describe('what no page may stumble over', () => {
  const frames: [string, unknown][] = [
    ['no JSON', '{'],
    ['a bare value', '7'],
    ['null', 'null'],
    ['a list', '[]'],
    ['binary', new ArrayBuffer(4)],
    ['nothing', undefined],
    ['an unknown type', '{"t":"photo"}'],
    ['a type that every object has', '{"t":"constructor"}'],
    ['no type', '{}'],
    ['welcome without relay', '{"t":"welcome","role":"patient","leg":"x","state":"call"}'],
    ['a state nobody knows', '{"t":"state","state":"lunch","legs":[]}'],
    ['a rung that is no text', '{"t":"rung","up":1,"down":{}}'],
    ['an answer to no generation', '{"t":"answer"}'],
    ['a command without voice', '{"t":"send","n":1}'],
    ['a command of a rate that no encoder takes', '{"t":"send","n":1,"a":{"br":500,"pt":60}}'],
    ['a command of a packet length that there is not', '{"t":"send","n":1,"a":{"br":8000,"pt":80}}'],
    ['a command with half a picture', '{"t":"send","n":1,"a":{"br":8000,"pt":60},"v":{"kbps":100}}'],
    ['a command with single pictures of no size', '{"t":"send","n":1,"a":{"br":8000,"pt":60},"s":{}}'],
    ['a command with single pictures for nothing', '{"t":"send","n":1,"a":{"br":8000,"pt":60},"s":{"kbps":0}}'],
    ['a command with a wrong buffer', '{"t":"send","n":1,"a":{"br":8000,"pt":60},"jb":"long"}'],
    ['a quality nobody knows', '{"t":"quality","q":"nice"}'],
  ];
  for (const [what, frame] of frames) test(what, () => assert.equal(parseServerMessage(frame), undefined));

  test('broken legs and figures are left out, the rest stays', () => {
    const state = parse({ t: 'state', state: 'waiting', legs: [null, 7, { id: 'x' }, { id: 'p', role: 'patient' }] });
    assert.deepEqual(state, {
      t: 'state',
      state: 'waiting',
      legs: [{ id: 'p', role: 'patient', connected: false, socket: false, camera: false }],
    });
    assert.deepEqual(parse({ t: 'link', legs: [{ id: 'p', rttMs: 'fast', upKbps: null }, 'x'] }), {
      t: 'link',
      legs: [{ id: 'p' }],
      dirs: [],
    });
    assert.deepEqual(parse({ t: 'link' }), { t: 'link', legs: [], dirs: [] });
  });
});

describe('a relay address', () => {
  test('is taken whole', () => assert.deepEqual(parseRelay(RELAY), RELAY));
  for (const [what, change] of Object.entries({
    'a host that ends the SDP line': { host: '1.2.3.4\r\na=evil' },
    'a host with a blank': { host: '1.2.3.4 9' },
    'port 0': { udp: 0 },
    'a port beyond': { udp: 65536 },
    'half a port': { udp: 9.5 },
    'a short fingerprint': { fp: 'A'.repeat(42) },
    'a fingerprint in another alphabet': { fp: '+'.repeat(43) },
    'no run': { run: undefined },
  })) {
    test(`${what} is refused`, () => assert.equal(parseRelay({ ...RELAY, ...change }), undefined));
  }
  test('a wrong TCP port is only no TCP', () => {
    const { tcp: _, ...rest } = RELAY;
    assert.deepEqual(parseRelay({ ...RELAY, tcp: -1 }), rest);
  });
});
