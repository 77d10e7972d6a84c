import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LocalBrake, type BrakeSample } from '../src/shared/brake';

/** A path whose far end speaks, pauses or is gone; polled four times a second as the page does. */
class Path {
  readonly brake = new LocalBrake();
  private nowMs = 50_000;
  private ms = 0;
  private heardBytes = 0;
  private voicePackets = 0;
  private feedbackMs = 0;
  private voiceMs = 0;
  private measured = 0;
  private playedSamples = 0;
  private concealedSamples = 0;
  /** How much of what is played is made up, 0 to 1. */
  concealed = 0;
  /** What comes beside voice and feedback, in bytes a quarter of a second. */
  otherBytes = 0;
  rttMs = 900;
  availableKbps: number | undefined = 400;
  voiceEveryMs = 120;
  feedbackEveryMs = 500;

  constructor() {
    this.brake.begin(400);
  }

  /** Lets time pass; answers the first reason to brake, with how long after the beginning it came. */
  pass(ms: number): string | undefined {
    for (const end = this.ms + ms; this.ms < end;) {
      this.ms += 250;
      this.nowMs += 250;
      for (this.voiceMs += 250; this.voiceMs >= this.voiceEveryMs; this.voiceMs -= this.voiceEveryMs) {
        this.voicePackets++;
        this.heardBytes += 110;
      }
      for (this.feedbackMs += 250; this.feedbackMs >= this.feedbackEveryMs; this.feedbackMs -= this.feedbackEveryMs)
        this.heardBytes += 40;
      this.heardBytes += this.otherBytes;
      this.playedSamples += 12_000;
      this.concealedSamples += 12_000 * this.concealed;
      if (this.ms % 2500 === 0) this.measured++;
      const reason = this.brake.onSample(this.sample(), this.nowMs);
      if (reason) return `${reason} after ${ms - (end - this.ms)}`;
    }
    return undefined;
  }

  silence(): void {
    [this.voiceEveryMs, this.feedbackEveryMs] = [Infinity, Infinity];
    [this.voiceMs, this.feedbackMs] = [0, 0];
  }

  private sample(): BrakeSample {
    const { heardBytes, voicePackets, availableKbps, playedSamples, concealedSamples } = this;
    const trips = [{ source: 'path', ms: this.rttMs, measured: this.measured }];
    return { heardBytes, voicePackets, availableKbps, playedSamples, concealedSamples, trips };
  }
}

describe('nothing heard', () => {
  test('for half a second, where voice flowed', () => {
    const path = new Path();
    assert.equal(path.pass(5000), undefined);
    path.silence();
    assert.equal(path.pass(5000), 'silence after 500');
  });
  for (const [what, everyMs] of [
    ['pauses (DTX: a packet every 400 ms)', 400],
    ['is muted', Infinity],
  ] as const) {
    test(`the other side ${what}: no brake, and none in a gap after it`, () => {
      const path = new Path();
      path.pass(5000);
      path.voiceEveryMs = everyMs;
      assert.equal(path.pass(20_000), undefined);
      path.silence();
      assert.equal(path.pass(20_000), undefined);
    });
  }
  test('before anything is known of the rhythm: no brake', () => {
    const path = new Path();
    path.pass(500);
    path.silence();
    assert.equal(path.pass(5000), undefined);
  });
  test('after a release the rhythm has to show again', () => {
    const path = new Path();
    path.pass(5000);
    path.silence();
    path.pass(500);
    path.brake.begin(400);
    assert.equal(path.pass(5000), undefined);
    path.voiceEveryMs = 60;
    assert.equal(path.pass(5000), undefined);
    path.silence();
    assert.equal(path.pass(5000), 'silence after 500');
  });
  test('a repeated command is no reason to forget the rhythm', () => {
    const path = new Path();
    path.pass(5000);
    path.brake.want(400);
    path.silence();
    assert.equal(path.pass(5000), 'silence after 500');
  });
});

describe('the round trip', () => {
  test('jumps beyond twice its median and half a second', () => {
    const path = new Path();
    assert.equal(path.pass(10_000), undefined);
    path.rttMs = 2300;
    assert.equal(path.pass(5000), undefined);
    path.rttMs = 2301;
    assert.equal(path.pass(2500), 'round-trip after 2500');
  });
  test('the same measurement brakes once', () => {
    const path = new Path();
    path.pass(10_000);
    path.rttMs = 4000;
    assert.equal(path.pass(2500), 'round-trip after 2500');
    assert.equal(path.pass(2250), undefined);
  });
  test('a path that became slow for good is its new median in the end', () => {
    const path = new Path();
    path.pass(10_000);
    path.rttMs = 4000;
    for (let i = 0; i < 8; i++) path.pass(2500);
    assert.equal(path.pass(20_000), undefined);
  });
  test('a few measurements prove nothing, nor do another path’s', () => {
    const path = new Path();
    path.pass(5000);
    path.brake.forget();
    path.rttMs = 4000;
    assert.equal(path.pass(10_000), undefined);
  });
});

describe('the browser’s estimate', () => {
  test('collapses below half of what is commanded, after it had been there', () => {
    const path = new Path();
    path.pass(1000);
    path.availableKbps = 200;
    assert.equal(path.pass(250), undefined);
    path.availableKbps = 199;
    assert.equal(path.pass(250), 'estimate after 250');
  });
  test('is on its way up, or is not told: no brake', () => {
    const path = new Path();
    path.availableKbps = 100;
    assert.equal(path.pass(5000), undefined);
    path.availableKbps = undefined;
    assert.equal(path.pass(5000), undefined);
  });
  test('is behind a command that has just risen: no brake', () => {
    const path = new Path();
    path.pass(1000);
    path.brake.want(1500);
    assert.equal(path.pass(5000), undefined);
  });
});

describe('a trickle where voice flowed', () => {
  const fallen = (otherBytes: number): Path => {
    const path = new Path();
    path.otherBytes = 5000;
    assert.equal(path.pass(5000), undefined);
    [path.voiceEveryMs, path.concealed, path.otherBytes] = [1000, 0.9, otherBytes];
    return path;
  };

  test('what is played is made up, and still something comes: brake', () => {
    assert.equal(fallen(1000).pass(5000), 'starved after 750');
  });

  test('a pause of the one who speaks: hardly a byte, no brake', () => {
    assert.equal(fallen(0).pass(5000), undefined);
  });

  test('losses that are made up here and there: no brake', () => {
    const path = fallen(1000);
    path.concealed = 0.5;
    assert.equal(path.pass(5000), undefined);
  });
});
