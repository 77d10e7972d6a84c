import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, mock, test } from 'node:test';
import type { OfferMessage, Relay, SendCommand } from '../src/shared/protocol';
import { Transport } from '../src/shared/transport';

const RELAY: Relay = { host: '203.0.113.5', udp: 9000, fp: 'A'.repeat(43), run: 'r' };
const OFFER = readFileSync('test/offers/chromium-156.sdp', 'utf8');

/** Stands for a peer connection: refuses overlapping offer/answer cycles as a browser does, goes where it is told. */
class FakePeer {
  connectionState = 'new';
  iceConnectionState = 'new';
  localDescription: { sdp: string } | undefined;
  onconnectionstatechange: (() => void) | null = null;
  oniceconnectionstatechange: (() => void) | null = null;
  readonly cycles: string[] = [];
  readonly sent: Record<string, unknown> = {};
  private signaling: 'stable' | 'have-local-offer' = 'stable';
  closed = false;
  refuseAnswer = false;
  readonly dtls = { state: 'connected' };

  readonly encodings: Record<string, object> = {};
  readonly receivers: Record<string, { track: string; jitterBufferTarget: number | null }> = {};
  readonly answers: string[] = [];
  rollbacks = 0;

  addTransceiver(kind: string, init: { sendEncodings: object[] }): unknown {
    const sender = {
      track: null as unknown,
      transport: this.dtls,
      replaceTrack: async (track: unknown): Promise<void> => void (this.sent[kind] = sender.track = track),
      getParameters: () => ({ encodings: [{ ...this.encodings[kind] }] }),
      setParameters: async (p: { encodings: object[] }): Promise<void> => {
        this.encodings[kind] = { ...p.encodings[0] };
      },
    };
    this.encodings[kind] = { ...init.sendEncodings[0] };
    return { sender, receiver: (this.receivers[kind] = { track: `remote ${kind}`, jitterBufferTarget: null }) };
  }
  async createOffer(options: { iceRestart: boolean }): Promise<{ sdp: string }> {
    this.cycles.push(options.iceRestart ? 'restart' : 'first');
    return { sdp: OFFER };
  }
  async setLocalDescription(offer: { type?: string; sdp: string }): Promise<void> {
    if (offer.type === 'rollback') {
      this.rollbacks++;
      this.signaling = 'stable';
      return;
    }
    assert.equal(this.signaling, 'stable', 'one cycle at a time');
    this.signaling = 'have-local-offer';
    this.localDescription = offer;
  }
  async setRemoteDescription(answer: { sdp: string }): Promise<void> {
    assert.equal(this.signaling, 'have-local-offer');
    if (this.refuseAnswer) throw new Error('refused');
    this.answers.push(answer.sdp);
    this.cycles.push(/a=ice-ufrag:(\S+)/.exec(answer.sdp)?.[1] ?? '');
    this.signaling = 'stable';
  }
  close(): void {
    this.closed = true;
  }
  become(ice: string, connection: string): void {
    [this.iceConnectionState, this.connectionState] = [ice, connection];
    this.oniceconnectionstatechange?.();
    this.onconnectionstatechange?.();
  }
}

let peers: FakePeer[];
let offers: OfferMessage[];
let states: string[];
let exhausted: number;
let nowMs: number;
let refuseAnswers: boolean;
let transport: Transport;
const peer = (): FakePeer => peers[peers.length - 1] as FakePeer;

/** Lets promises settle; no clock involved. */
async function settle(): Promise<void> {
  for (let i = 0; i < 60; i++) await Promise.resolve();
}
async function pass(ms: number): Promise<void> {
  nowMs += ms;
  mock.timers.tick(ms);
  await settle();
}

beforeEach(async () => {
  mock.restoreAll();
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  nowMs = 1_000_000;
  mock.method(performance, 'now', () => nowMs);
  [peers, offers, states, exhausted, refuseAnswers] = [[], [], [], 0, false];
  transport = new Transport(
    {
      open: () => {
        peers.push(new FakePeer());
        peer().refuseAnswer = refuseAnswers;
        return peer() as unknown as RTCPeerConnection;
      },
      derive: async gen => ({ ufrag: `base${gen}`, pwd: 'p'.repeat(24) }),
    },
    {
      offered: o => offers.push(o),
      changed: s => states.push(s),
      tracks: () => undefined,
      exhausted: () => exhausted++,
    },
  );
  transport.start(RELAY);
  await settle();
});

test('starts with generation 0, tells the offer, and answers itself', () => {
  assert.deepEqual(peer().cycles, ['first', 'base0']);
  assert.equal(offers[0]?.gen, 0);
  assert.deepEqual(offers[0]?.a, { opus: 111, red: 63 });
  assert.equal(transport.offer(), offers[0]);
});

describe('an outage', () => {
  test('failed: restarts at once, then every ten seconds with the next generation, until it helps', async () => {
    peer().become('connected', 'connected');
    peer().become('failed', 'failed');
    await pass(0);
    assert.deepEqual(peer().cycles, ['first', 'base0', 'restart', 'base1']);
    await pass(9_999);
    assert.equal(offers.length, 2);
    await pass(1);
    await pass(10_000);
    assert.deepEqual(
      offers.map(o => o.gen),
      [0, 1, 2, 3],
    );
    peer().become('connected', 'connected');
    await pass(60_000);
    assert.equal(offers.length, 4);
    assert.equal(peers.length, 1);
  });

  test('disconnected gets a moment to heal by itself', async () => {
    peer().become('connected', 'connected');
    peer().become('disconnected', 'disconnected');
    await pass(2_499);
    assert.equal(offers.length, 1);
    peer().become('connected', 'connected');
    await pass(60_000);
    assert.equal(offers.length, 1);
    peer().become('disconnected', 'disconnected');
    await pass(2_500);
    assert.equal(offers.length, 2);
  });

  test('the network came back: no waiting, but only if the transport is away', async () => {
    transport.hurry();
    await settle();
    assert.equal(offers.length, 1);
    peer().become('failed', 'failed');
    await pass(0);
    transport.hurry();
    transport.hurry();
    await settle();
    assert.deepEqual(peer().cycles.slice(2), ['restart', 'base1', 'restart', 'base2', 'restart', 'base3']);
  });

  test('Firefox calls DTLS failed whenever ICE is: still a restart, not a new connection', async () => {
    peer().become('connected', 'connected');
    peer().dtls.state = 'failed';
    peer().become('checking', 'failed');
    await pass(2_500);
    assert.equal(peers.length, 1);
    assert.equal(peer().cycles[2], 'restart');
  });
});

describe('a new peer connection, with the next generation', () => {
  test('when DTLS failed on a live path', async () => {
    peer().dtls.state = 'failed';
    peer().become('connected', 'connecting');
    await pass(0);
    assert.equal(peers.length, 2);
    assert.equal(peers[0]?.closed, true);
    assert.deepEqual(peer().cycles, ['first', 'base1']);
  });

  test('when the relay lost the keys: at once, then at most every ten seconds', async () => {
    transport.mediaLost();
    await pass(0);
    assert.equal(peers.length, 2);
    transport.mediaLost();
    await pass(9_999);
    assert.equal(peers.length, 2);
    await pass(1);
    assert.equal(peers.length, 3);
  });

  test('when a handshake takes longer than any link needs', async () => {
    peer().become('connected', 'connecting');
    await pass(44_999);
    assert.equal(peers.length, 1);
    await pass(1);
    assert.equal(peers.length, 2);
  });

  test('when the browser refuses an answer, but patiently', async () => {
    refuseAnswers = true;
    transport.start(RELAY);
    await settle();
    assert.equal(states[states.length - 1], 'lost');
    refuseAnswers = false;
    await pass(9_999);
    assert.equal(peers.length, 2);
    await pass(1);
    assert.equal(peers.length, 3);
    assert.deepEqual(peer().cycles, ['first', 'base2']);
  });
});

test('what is to be sent survives a new connection; the old one is heard no more', async () => {
  const voice = { id: 'voice' } as unknown as MediaStreamTrack;
  transport.sender.send(voice, null);
  assert.deepEqual(peer().sent, { audio: voice });
  const old = peer();
  transport.start(RELAY);
  await settle();
  assert.deepEqual(peer().sent, { audio: voice });
  const before = states.length;
  old.become('failed', 'failed');
  assert.equal(states.length, before);
});

describe('commands', () => {
  const voice = { br: 8000, pt: 60, red: false, dtx: false };
  const command = (change: Partial<SendCommand>): SendCommand => ({ n: 1, a: voice, tcc: true, ...change });
  const ptime = (sdp: string | undefined): string | undefined => /a=ptime:(\d+)/.exec(sdp ?? '')?.[1];
  const camera = { getSettings: () => ({ width: 480, height: 640 }) } as unknown as MediaStreamTrack;

  test('before the first one: voice for most links, and no picture', () => {
    assert.equal(ptime(peer().answers[0]), '60');
    assert.deepEqual(peer().encodings, { audio: { maxBitrate: 12_000 }, video: { active: false } });
  });

  test('the description is written anew under the same credentials, and the server hears nothing of it', async () => {
    transport.obey(command({ a: { ...voice, pt: 120 } }));
    await settle();
    assert.deepEqual(peer().cycles, ['first', 'base0', 'first', 'base0']);
    assert.equal(ptime(peer().answers[1]), '120');
    assert.match(peer().answers[1] ?? '', /^v=0\r\no=- 1 2 /);
    assert.equal(offers.length, 1);
    assert.deepEqual(peer().encodings['audio'], { maxBitrate: 8000 });
  });

  test('of many at once the newest wins, in one cycle', async () => {
    for (const pt of [20, 60, 120]) transport.obey(command({ a: { ...voice, pt } }));
    transport.obey(command({ a: { ...voice, pt: 40 }, jb: 300 }));
    await settle();
    assert.equal(peer().answers.length, 2);
    assert.equal(ptime(peer().answers[1]), '40');
    assert.equal(peer().receivers['audio']?.jitterBufferTarget, 300);
    assert.equal(peer().receivers['video']?.jitterBufferTarget, 300);
  });

  test('a change of rate alone is a parameter', async () => {
    transport.obey(command({ a: { ...voice, br: 20_000 } }));
    await settle();
    assert.equal(peer().answers.length, 1);
    assert.deepEqual(peer().encodings['audio'], { maxBitrate: 20_000 });
  });

  test('what only parameters say needs no new description', async () => {
    transport.sender.send(null, camera);
    transport.obey(command({ v: { kbps: 100, fps: 10, h: 240 } }));
    await settle();
    const described = peer().answers.length;
    transport.obey(command({ v: { kbps: 200, fps: 15, h: 240 }, jb: 200 }));
    await settle();
    assert.equal(peer().answers.length, described);
    assert.deepEqual(
      { ...peer().encodings['video'], maxBitrate: undefined },
      { active: true, maxBitrate: undefined, maxFramerate: 15, scaleResolutionDownBy: 2 },
    );
  });

  test('a new connection and an ICE restart are described as commanded from the first', async () => {
    transport.sender.send(null, camera);
    transport.obey(command({ a: { ...voice, pt: 120 }, v: { kbps: 50, fps: 8, h: 120 }, tcc: false, jb: 500 }));
    transport.start(RELAY);
    await settle();
    assert.equal(peers.length, 2);
    assert.equal(peer().answers.length, 1);
    assert.equal(ptime(peer().answers[0]), '120');
    assert.doesNotMatch(peer().answers[0] ?? '', /transport-cc/);
    assert.equal(peer().receivers['audio']?.jitterBufferTarget, 500);
    assert.equal((peer().encodings['video'] as { active: boolean }).active, true);
    assert.equal(peer().sent['video'], camera);
    peer().become('failed', 'failed');
    await pass(0);
    assert.equal(ptime(peer().answers[1]), '120');
  });

  test('a browser that refuses the shape goes on as it was', async () => {
    peer().refuseAnswer = true;
    transport.obey(command({ a: { ...voice, pt: 120 } }));
    await settle();
    assert.deepEqual([peers.length, peer().rollbacks, states.includes('lost')], [1, 1, false]);
    peer().refuseAnswer = false;
    transport.obey(command({ a: { ...voice, pt: 20 } }));
    await settle();
    assert.equal(ptime(peer().answers[peer().answers.length - 1]), '20');
  });

  test('a command for a closed transport waits for the next one', async () => {
    transport.close();
    transport.obey(command({ a: { ...voice, pt: 40 } }));
    transport.renew();
    await settle();
    assert.deepEqual(peer().answers.map(ptime), ['40']);
  });
});

test('closed: nothing restarts', async () => {
  peer().become('failed', 'failed');
  transport.close();
  await pass(600_000);
  assert.equal(peers.length, 1);
  assert.equal(transport.pc(), undefined);
  assert.equal(transport.offer(), undefined);
});

test('after generation 1295 only a new page can go on', async () => {
  for (let gen = 1; gen <= 1296; gen++) {
    transport.start(RELAY);
    await settle();
  }
  assert.equal(offers[offers.length - 1]?.gen, 1295);
  assert.equal(exhausted, 1);
});
