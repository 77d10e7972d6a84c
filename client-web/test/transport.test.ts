import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, mock, test } from 'node:test';
import type { OfferMessage, Relay } from '../src/shared/protocol';
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

  addTransceiver(kind: string): unknown {
    const replaceTrack = async (track: unknown): Promise<void> => void (this.sent[kind] = track);
    return { sender: { replaceTrack, transport: this.dtls }, receiver: { track: `remote ${kind}` } };
  }
  async createOffer(options: { iceRestart: boolean }): Promise<{ sdp: string }> {
    this.cycles.push(options.iceRestart ? 'restart' : 'first');
    return { sdp: OFFER };
  }
  async setLocalDescription(offer: { sdp: string }): Promise<void> {
    assert.equal(this.signaling, 'stable', 'one cycle at a time');
    this.signaling = 'have-local-offer';
    this.localDescription = offer;
  }
  async setRemoteDescription(answer: { sdp: string }): Promise<void> {
    assert.equal(this.signaling, 'have-local-offer');
    if (this.refuseAnswer) throw new Error('refused');
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
  transport.send(voice, null);
  assert.deepEqual(peer().sent, { audio: voice, video: null });
  const old = peer();
  transport.start(RELAY);
  await settle();
  assert.deepEqual(peer().sent, { audio: voice, video: null });
  const before = states.length;
  old.become('failed', 'failed');
  assert.equal(states.length, before);
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
