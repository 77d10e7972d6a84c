// The local brake (design, links-and-ladder, section 6): whether a page that sends pictures should stop them before
// anybody can tell it to. Fed with counters about four times a second; holds no clock.

export interface BrakeSample {
  /** Bytes of everything that has come on this path: voice, pictures, feedback. */
  readonly heardBytes: number;
  /** Packets of voice that have come. */
  readonly voicePackets: number;
  /** Samples of voice that were played, and how many of them were made up because nothing had come. */
  readonly playedSamples: number;
  readonly concealedSamples: number;
  /** Round trips by source, with how often each was measured. */
  readonly trips: readonly { readonly source: string; readonly ms: number; readonly measured: number }[];
  /** What the browser itself believes the uplink carries. */
  readonly availableKbps: number | undefined;
}

export type BrakeReason = 'silence' | 'starved' | 'round-trip' | 'estimate';

const SILENCE_MS = 500;
// Voice in packets of 120 ms is 8.3 a second, and the refreshes of silence (DTX) are 2.5: what is above flows.
const FLOWING_PER_SECOND = 6;
const RHYTHM_MS = 1000;
// A fall to GPRS leaves a trickle of what was under way, with gaps that are played as made-up sound. In a pause (DTX) sound
// is made up as well, but hardly a byte comes.
const STARVED_MS = 750;
const STARVED_SHARE = 2 / 3;
const STARVED_BYTES = 1000;
const FLOWED_MS = 1500;
const KEPT_TRIPS = 15;
const LEAST_TRIPS = 3;
const TRIP_SLACK_MS = 500;
/** An estimate has collapsed only if it was near what is commanded before. */
const REACHED = 0.8;
const COLLAPSED = 0.5;

interface Trips {
  measured: number;
  readonly values: number[];
}

export class LocalBrake {
  private heard = { bytes: -1, atMs: 0 };
  private voice: { readonly packets: number; readonly atMs: number }[] = [];
  private flowing = false;
  private flowedMs = -Infinity;
  private played: {
    readonly samples: number;
    readonly concealed: number;
    readonly bytes: number;
    readonly atMs: number;
  }[] = [];
  private readonly trips = new Map<string, Trips>();
  private wantedKbps = 0;
  private reached = false;

  /** Pictures are commanded, up to `kbps` together with the voice; what was said of the path before stays. */
  begin(kbps: number): void {
    this.wantedKbps = kbps;
    this.reached = false;
    this.heard = { bytes: -1, atMs: 0 };
    this.voice = [];
    this.flowing = false;
    this.flowedMs = -Infinity;
    this.played = [];
  }

  /** Another rate is commanded while pictures leave. */
  want(kbps: number): void {
    if (kbps !== this.wantedKbps) this.reached = false;
    this.wantedKbps = kbps;
  }

  /** Another path: nothing that was learnt holds. */
  forget(): void {
    this.trips.clear();
    this.begin(this.wantedKbps);
  }

  /** Why to stop now, or undefined. */
  onSample(s: BrakeSample, nowMs: number): BrakeReason | undefined {
    const silent = this.silent(s, nowMs);
    const starved = this.starved(s, nowMs);
    const late = s.trips.filter(trip => this.jumped(trip.source, trip.ms, trip.measured)).length > 0;
    const collapsed = this.collapsed(s.availableKbps);
    if (silent) return 'silence';
    if (starved) return 'starved';
    if (late) return 'round-trip';
    return collapsed ? 'estimate' : undefined;
  }

  /** Nothing at all, where voice came at its packet rhythm: in pauses and mute the feedback alone is too rare to judge by. */
  private silent(s: BrakeSample, nowMs: number): boolean {
    if (s.heardBytes !== this.heard.bytes || s.voicePackets !== this.voice[this.voice.length - 1]?.packets) {
      this.heard = { bytes: s.heardBytes, atMs: nowMs };
      this.voice.push({ packets: s.voicePackets, atMs: nowMs });
      while (this.voice[1] && nowMs - this.voice[1].atMs >= RHYTHM_MS) this.voice.shift();
      const [first] = this.voice;
      const spanMs = nowMs - (first?.atMs ?? nowMs);
      const packets = s.voicePackets - (first?.packets ?? 0);
      this.flowing = spanMs >= RHYTHM_MS && (packets * 1000) / spanMs >= FLOWING_PER_SECOND;
      if (this.flowing) this.flowedMs = nowMs;
      return false;
    }
    return this.flowing && nowMs - this.heard.atMs >= SILENCE_MS;
  }

  /** Voice flowed, and now most of what is played is made up, yet something comes: a queue stands that was not there. */
  private starved(s: BrakeSample, nowMs: number): boolean {
    const now = { samples: s.playedSamples, concealed: s.concealedSamples, bytes: s.heardBytes, atMs: nowMs };
    this.played.push(now);
    while (this.played[1] && nowMs - this.played[1].atMs >= STARVED_MS) this.played.shift();
    const [first] = this.played;
    if (!first || nowMs - first.atMs < STARVED_MS || nowMs - this.flowedMs > FLOWED_MS) return false;
    const concealed = now.concealed - first.concealed;
    const enough = concealed > 0 && concealed >= STARVED_SHARE * (now.samples - first.samples);
    return enough && now.bytes - first.bytes >= STARVED_BYTES;
  }

  private jumped(source: string, ms: number, measured: number): boolean {
    const known = this.trips.get(source) ?? { measured: -1, values: [] };
    this.trips.set(source, known);
    if (measured === known.measured) return false;
    known.measured = measured;
    const sorted = [...known.values].sort((a, b) => a - b);
    known.values.push(ms);
    if (known.values.length > KEPT_TRIPS) known.values.shift();
    const median = sorted[sorted.length >> 1];
    return sorted.length >= LEAST_TRIPS && median !== undefined && ms > 2 * median + TRIP_SLACK_MS;
  }

  private collapsed(availableKbps: number | undefined): boolean {
    if (availableKbps === undefined) return false;
    if (availableKbps >= REACHED * this.wantedKbps) this.reached = true;
    return this.reached && availableKbps < COLLAPSED * this.wantedKbps;
  }
}
