// What the pages read from the browser's statistics: one flat record of counters.
import type { BrakeSample } from './brake';

export interface Figures extends BrakeSample {
  /** RTP that came, of all kinds. */
  readonly packets: number;
  readonly lost: number;
  readonly payloadBytes: number;
  /** Seconds that voice waited in the jitter buffer, and the samples that did. */
  readonly bufferSeconds: number;
  readonly bufferSamples: number;
  readonly heardPackets: number;
  readonly saidBytes: number;
  readonly saidPackets: number;
}

type Fields = Readonly<Record<string, unknown>>;

const number = (fields: Fields | undefined, name: string): number => {
  const value = fields?.[name];
  return typeof value === 'number' ? value : 0;
};

export function readFigures(report: Iterable<[string, unknown]>): Figures {
  const all = [...report].map(([, entry]) => entry as Fields);
  const of = (type: string, kind?: string): Fields[] =>
    all.filter(entry => entry['type'] === type && (!kind || entry['kind'] === kind));
  const sum = (entries: Fields[], name: string): number =>
    entries.reduce((total, entry) => total + number(entry, name), 0);
  const inbound = of('inbound-rtp');
  const voice = of('inbound-rtp', 'audio');
  const chosen = of('transport')[0]?.['selectedCandidatePairId'];
  // Firefox marks the pair itself.
  const pair = of('candidate-pair').find(each =>
    chosen ? each['id'] === chosen : each['selected'] || each['nominated'],
  );
  const trips = [
    { source: 'path', from: pair, name: 'currentRoundTripTime', count: 'responsesReceived' },
    ...of('remote-inbound-rtp').map(from => ({
      source: String(from['kind']),
      from,
      name: 'roundTripTime',
      count: 'roundTripTimeMeasurements',
    })),
  ].flatMap(({ source, from, name, count }) =>
    typeof from?.[name] === 'number' ? [{ source, ms: 1000 * number(from, name), measured: number(from, count) }] : [],
  );
  const outbound = of('outbound-rtp');
  const available = pair?.['availableOutgoingBitrate'];
  return {
    heardBytes: number(pair, 'bytesReceived'),
    heardPackets: number(pair, 'packetsReceived') || sum(inbound, 'packetsReceived'),
    saidBytes: number(pair, 'bytesSent'),
    saidPackets: number(pair, 'packetsSent') || sum(outbound, 'packetsSent'),
    voicePackets: sum(voice, 'packetsReceived'),
    playedSamples: sum(voice, 'totalSamplesReceived'),
    concealedSamples: sum(voice, 'concealedSamples'),
    trips,
    availableKbps: typeof available === 'number' ? available / 1000 : undefined,
    packets: sum(inbound, 'packetsReceived'),
    lost: sum(inbound, 'packetsLost'),
    payloadBytes: sum(inbound, 'bytesReceived'),
    bufferSeconds: sum(voice, 'jitterBufferDelay'),
    bufferSamples: sum(voice, 'jitterBufferEmittedCount'),
  };
}

// IPv4, UDP, RTP, SRTP tag.
const HEADER_BYTES = 50;
const IP_UDP_BYTES = 28;

/** What has come since `before`, as the server is told; a new peer connection counts from zero again. */
export function statsSince(before: Figures, now: Figures): { p: number; l: number; b: number; jb: number } {
  const from = now.packets < before.packets ? undefined : before;
  const grown = (name: 'packets' | 'lost' | 'payloadBytes' | 'bufferSeconds' | 'bufferSamples'): number =>
    Math.max(0, now[name] - (from?.[name] ?? 0));
  const samples = grown('bufferSamples');
  return {
    p: grown('packets'),
    l: grown('lost'),
    b: grown('payloadBytes') + HEADER_BYTES * grown('packets'),
    jb: samples > 0 ? Math.round((1000 * grown('bufferSeconds')) / samples) : 0,
  };
}

/** Link kbps each way between two readings, or undefined where the path changed in between. */
export function linkKbps(before: Figures, now: Figures, ms: number): { down: number; up: number } | undefined {
  if (ms <= 0 || now.heardBytes < before.heardBytes || now.saidBytes < before.saidBytes) return undefined;
  const rate = (bytes: number, packets: number): number => ((bytes + IP_UDP_BYTES * Math.max(0, packets)) * 8) / ms;
  return {
    down: rate(now.heardBytes - before.heardBytes, now.heardPackets - before.heardPackets),
    up: rate(now.saidBytes - before.saidBytes, now.saidPackets - before.saidPackets),
  };
}
