import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SendCommand } from '../src/shared/protocol';
import { audioWireKbps, Sender, videoPayloadBps } from '../src/shared/sender';

/** A sender that takes and refuses what it is told to; keeps every change. */
class FakeSender {
  track: unknown = null;
  encoding: Record<string, unknown> = {};
  refuse: string[] = [];
  stale = 0;
  sets = 0;
  private running = false;
  getParameters(): object {
    return { encodings: [{ ...this.encoding }] };
  }
  async setParameters(p: { encodings: Record<string, unknown>[] }): Promise<void> {
    assert.equal(this.running, false, 'one call at a time');
    this.running = true;
    await Promise.resolve();
    this.running = false;
    if (this.stale-- > 0) throw new Error('InvalidStateError');
    const [next = {}] = p.encodings;
    if (this.refuse.some(name => name in next)) throw new Error('OperationError');
    this.sets++;
    this.encoding = next;
  }
  async replaceTrack(track: unknown): Promise<void> {
    this.track = track;
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

function attached(sender: Sender): { audio: FakeSender; video: FakeSender } {
  const fakes: Record<string, FakeSender> = { audio: new FakeSender(), video: new FakeSender() };
  sender.attach({
    addTransceiver: (kind: string, init: { sendEncodings: Record<string, unknown>[] }) => {
      (fakes[kind] as FakeSender).encoding = { ...init.sendEncodings[0] };
      return { sender: fakes[kind], receiver: {} };
    },
  } as unknown as RTCPeerConnection);
  return fakes as { audio: FakeSender; video: FakeSender };
}

const camera = (width?: number, height?: number): MediaStreamTrack =>
  ({ getSettings: () => ({ width, height }) }) as unknown as MediaStreamTrack;
const VOICE = { br: 16_000, pt: 60, red: false, dtx: false };
const command = (v?: SendCommand['v'], change: Partial<SendCommand> = {}): SendCommand => ({
  n: 1,
  a: VOICE,
  tcc: true,
  ...(v ? { v } : {}),
  ...change,
});
/** As the transport does it: obeyed, and described as far as it needs to be. */
function obey(sender: Sender, c: SendCommand): void {
  sender.obey(c);
  sender.described();
}
const SLOW = { kbps: 40, fps: 6, h: 120 };

describe('arithmetic of the wire', () => {
  // The table of the design's links-and-ladder, section 3.
  for (const [br, pt, red, kbps] of [
    [6000, 120, false, 9.3],
    [8000, 60, false, 14.7],
    [16_000, 20, false, 36],
    [8000, 60, true, 23.3],
  ] as const) {
    test(`voice of ${br} in ${pt} ms${red ? ' with RED' : ''}`, () =>
      assert.equal(audioWireKbps({ br, pt, red, dtx: false }).toFixed(1), kbps.toFixed(1)));
  }
  test('pictures: a packet each at least, full packets when they are big', () => {
    assert.equal(videoPayloadBps({ kbps: 40, fps: 6, h: 120 }), 40_000 - 6 * 480);
    const share = videoPayloadBps({ kbps: 2500, fps: 30, h: 480 }) / 2_500_000;
    assert.ok(share > 0.93 && share < 0.96, String(share));
    assert.equal(videoPayloadBps({ kbps: 3, fps: 30, h: 120 }), 6000);
  });
});

describe('the picture', () => {
  test('leaves only where it is commanded, and not as a track where it is not', async () => {
    const sender = new Sender();
    const { video } = attached(sender);
    const track = camera(640, 480);
    sender.send(null, track);
    await settle();
    assert.deepEqual([video.track, video.encoding['active'], sender.sendsVideo], [null, false, false]);
    obey(sender, command(SLOW));
    await settle();
    assert.deepEqual([video.track, sender.sendsVideo], [track, true]);
    assert.deepEqual(video.encoding, {
      active: true,
      maxBitrate: 37_120,
      maxFramerate: 6,
      scaleResolutionDownBy: 4,
    });
    obey(sender, command());
    await settle();
    assert.deepEqual([video.track, video.encoding['active'], sender.sendsVideo], [null, false, false]);
  });

  for (const [what, track, scale] of [
    ['lying', camera(640, 480), 4],
    ['upright', camera(480, 640), 4],
    ['smaller than asked', camera(160, 100), 1],
    ['of unknown size', camera(), 1],
  ] as const) {
    test(`of a camera ${what}`, async () => {
      const sender = new Sender();
      const { video } = attached(sender);
      obey(sender, command(SLOW));
      sender.send(null, track);
      await settle();
      assert.equal(video.encoding['scaleResolutionDownBy'], scale);
    });
  }

  test('waits until its start rate is described', async () => {
    const sender = new Sender();
    const { video } = attached(sender);
    sender.send(null, camera(640, 480));
    sender.obey(command(SLOW));
    await settle();
    assert.deepEqual([video.encoding['active'], sender.sendsVideo], [false, false]);
    sender.described();
    await settle();
    assert.deepEqual([video.encoding['active'], sender.sendsVideo], [true, true]);
  });

  test('braked at once, released by the next command', async () => {
    const sender = new Sender();
    const { video } = attached(sender);
    sender.send(null, camera(640, 480));
    obey(sender, command(SLOW));
    await settle();
    sender.brake();
    await settle();
    assert.deepEqual([video.encoding['active'], sender.sendsVideo], [false, false]);
    sender.send(null, camera(320, 240));
    await settle();
    assert.equal(video.encoding['active'], false, 'another camera does not release it');
    obey(sender, command(SLOW));
    await settle();
    assert.deepEqual([video.encoding['active'], video.encoding['scaleResolutionDownBy']], [true, 2]);
  });

  test('the browser’s own estimate begins where video does, and is left alone while it runs', () => {
    const sender = new Sender();
    attached(sender);
    assert.equal(sender.shape().startKbps, 15);
    sender.send(null, camera());
    obey(sender, command({ kbps: 100, fps: 10, h: 240 }));
    assert.equal(sender.shape().startKbps, 184);
    obey(sender, command({ kbps: 300, fps: 10, h: 240 }));
    assert.equal(sender.shape().startKbps, 184);
    sender.brake();
    obey(sender, command({ kbps: 60, fps: 10, h: 240 }));
    assert.equal(sender.shape().startKbps, 124);
  });

  test('it begins anew where the server says so, at the same rate too', () => {
    const sender = new Sender();
    attached(sender);
    const video = { kbps: 100, fps: 10, h: 240 };
    obey(sender, command(video));
    obey(sender, command({ ...video, anew: true }));
    assert.equal(sender.shape().startKbps, 185);
    obey(sender, command({ ...video, kbps: 200, anew: true }));
    assert.equal(sender.shape().startKbps, 334);
  });

  test('packets say when they left while pictures are commanded', () => {
    const sender = new Sender();
    assert.equal(sender.shape().sent, false);
    obey(sender, command({ kbps: 100, fps: 10, h: 240 }));
    assert.equal(sender.shape().sent, true);
    obey(sender, command());
    assert.equal(sender.shape().sent, false);
  });
});

describe('a browser that does not take everything', () => {
  test('parameters that went stale are set once more', async () => {
    const sender = new Sender();
    const { audio } = attached(sender);
    audio.stale = 1;
    obey(sender, command());
    await settle();
    assert.equal(audio.encoding['maxBitrate'], 16_000);
  });
  test('one refused parameter does not cost the others', async () => {
    const sender = new Sender();
    const { video } = attached(sender);
    video.refuse = ['maxFramerate'];
    sender.send(null, camera(640, 480));
    obey(sender, command(SLOW));
    await settle();
    assert.deepEqual(video.encoding, { active: true, maxBitrate: 37_120, scaleResolutionDownBy: 4 });
  });
  test('of many wishes in a row the newest is what stands', async () => {
    const sender = new Sender();
    const { audio } = attached(sender);
    for (const br of [8000, 9000, 10_000, 11_000]) obey(sender, command(undefined, { a: { ...VOICE, br } }));
    await settle();
    assert.equal(audio.encoding['maxBitrate'], 11_000);
    assert.ok(audio.sets <= 2, String(audio.sets));
  });
});

describe('a voice that is held back', () => {
  test('by the floor, by recorded words or by the server: nothing is sent until all let go', async () => {
    const sender = new Sender();
    const { audio } = attached(sender);
    const microphone = {} as MediaStreamTrack;
    sender.send(microphone, null);
    assert.equal(audio.track, microphone);
    sender.hush(true);
    assert.equal(audio.track, null);
    obey(sender, command(undefined, { mic: false }));
    sender.hush(false);
    assert.equal(audio.track, null);
    obey(sender, command());
    assert.equal(audio.track, microphone);
    // A new connection begins as held back as the old one was.
    sender.hush(true);
    const again = attached(sender);
    assert.equal(again.audio.track, null);
  });
});
