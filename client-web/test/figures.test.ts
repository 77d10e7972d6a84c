import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { linkKbps, readFigures, statsSince } from '../src/shared/figures';

const CHROMIUM = [
  { id: 'T', type: 'transport', selectedCandidatePairId: 'C2' },
  { id: 'C1', type: 'candidate-pair', nominated: true, bytesReceived: 1 },
  {
    id: 'C2',
    type: 'candidate-pair',
    bytesReceived: 5000,
    packetsReceived: 50,
    bytesSent: 9000,
    packetsSent: 60,
    currentRoundTripTime: 1.25,
    responsesReceived: 7,
    availableOutgoingBitrate: 300_000,
  },
  {
    id: 'A',
    type: 'inbound-rtp',
    kind: 'audio',
    packetsReceived: 25,
    packetsLost: 1,
    bytesReceived: 1100,
    jitterBufferDelay: 4800,
    jitterBufferEmittedCount: 24_000,
  },
  {
    id: 'V',
    type: 'inbound-rtp',
    kind: 'video',
    packetsReceived: 10,
    packetsLost: 2,
    bytesReceived: 3000,
    jitterBufferDelay: 99,
  },
  { id: 'R', type: 'remote-inbound-rtp', kind: 'video', roundTripTime: 0.9, roundTripTimeMeasurements: 3 },
  { id: 'S', type: 'remote-inbound-rtp', kind: 'audio' },
];
const report = (entries: readonly object[]): [string, unknown][] => entries.map((entry, i) => [String(i), entry]);
const first = readFigures(report(CHROMIUM));

test('the selected path, what came, and every round trip that was measured', () => {
  assert.equal(first.heardBytes, 5000);
  assert.equal(first.availableKbps, 300);
  assert.equal(first.voicePackets, 25);
  assert.deepEqual(first.trips, [
    { source: 'path', ms: 1250, measured: 7 },
    { source: 'video', ms: 900, measured: 3 },
  ]);
});

test('Firefox: the pair says itself that it is the one', () => {
  const entries = CHROMIUM.filter(e => e.type !== 'transport').map(e =>
    e.id === 'C2' ? { ...e, selected: true } : { ...e, nominated: false },
  );
  assert.equal(readFigures(report(entries)).heardBytes, 5000);
});

test('an empty report is zeros', () => {
  const nothing = readFigures([]);
  assert.deepEqual([nothing.packets, nothing.trips, nothing.availableKbps], [0, [], undefined]);
});

describe('since the last time', () => {
  const later = { ...first, packets: 60, lost: 4, payloadBytes: 5000, bufferSeconds: 14_400, bufferSamples: 48_000 };
  test('packets, losses, link bytes, mean jitter buffer', () => {
    assert.deepEqual(statsSince(first, later), { p: 25, l: 1, b: 900 + 25 * 50, jb: 400 });
  });
  test('a new connection counts from zero; nothing is ever less than none', () => {
    assert.deepEqual(statsSince(later, first), { p: 35, l: 3, b: 4100 + 35 * 50, jb: 200 });
    assert.deepEqual(statsSince(first, { ...first, lost: 0 }), { p: 0, l: 0, b: 0, jb: 0 });
  });
  test('link rates each way, IP and UDP counted', () => {
    const next = { ...first, heardBytes: 6000, heardPackets: 60, saidBytes: 9500, saidPackets: 65 };
    assert.deepEqual(linkKbps(first, next, 1000), { down: 10.24, up: 5.12 });
    assert.equal(linkKbps(next, first, 1000), undefined);
  });
});
