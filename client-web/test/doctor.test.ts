import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  canAdmit,
  initial,
  lineInWords,
  nextRung,
  patientInWords,
  pinShown,
  reduce,
  viewOf,
  type DoctorEvent,
  type DoctorState,
} from '../src/doctor/state';
import { doctorEn } from '../src/messages/doctor.en';
import type { ConsultState, ServerMessage } from '../src/shared/protocol';

const RELAY = { host: '203.0.113.5', udp: 9000, fp: 'A'.repeat(43), run: 'r' };
const server = (m: ServerMessage, atMs = 0): DoctorEvent => ({ e: 'server', m, atMs });
const WELCOME = server({
  t: 'welcome',
  role: 'doctor',
  leg: 'd',
  state: 'created',
  name: 'Zainab',
  lang: 'ur',
  relay: RELAY,
});
const SOCKET: DoctorEvent = { e: 'socket', open: true };
const LOST: DoctorEvent = { e: 'socket', open: false };
const MEDIA: DoctorEvent = { e: 'media', state: 'connected' };
const consult = (state: ConsultState, connected = true, socket = true): DoctorEvent =>
  server({ t: 'state', state, legs: [{ id: 'p', role: 'patient', connected, socket, waitingSince: 1, camera: true }] });

const after = (...events: DoctorEvent[]): DoctorState => events.reduce(reduce, initial);
const waiting = [SOCKET, WELCOME, MEDIA, consult('waiting')];
const calling = [...waiting, consult('call')];
const seen = (...events: DoctorEvent[]): string => {
  const { page, screen, title, note } = viewOf(after(...events));
  return [page, screen, title, note].filter(Boolean).join(' ');
};

describe('states', () => {
  for (const [what, events, expected] of [
    ['opening', [], 'welcome message opening'],
    ['server not there', [LOST, { e: 'unreachable' }], 'error message offline'],
    ['nobody yet', [SOCKET, WELCOME], 'welcome room nobody'],
    ['somebody waits', waiting, 'waiting room waits'],
    ['socket lost while somebody waits', [...waiting, LOST], 'reconnecting room waits noNetworkNote'],
    ['call', calling, 'call call inCall'],
    ['call without a socket goes on', [...calling, LOST], 'call call inCall noSocketNote'],
    ['own transport lost', [...calling, { e: 'media', state: 'lost' }], 'reconnecting call inCall weak'],
    ['patient away', [...calling, consult('reconnecting', false)], 'reconnecting call inCall patientAway'],
    ['muted', [...calling, { e: 'own', microphone: 'muted', camera: 'on' }], 'call call inCall muted'],
    ['ended', [...calling, server({ t: 'ended' })], 'ended message ended'],
    ['expired', [SOCKET, WELCOME, consult('expired')], 'error message link-expired'],
    ['unknown', [{ e: 'refused', why: 'link-unknown' }], 'error message link-unknown'],
    ['replaced, and no more', [...calling, { e: 'replaced' }, SOCKET, WELCOME, MEDIA], 'error message replaced'],
    ['no WebRTC', [{ e: 'unsupported' }], 'error message unsupported'],
  ] as [string, DoctorEvent[], string][]) {
    test(what, () => assert.equal(seen(...events), expected));
  }
});

describe('admitting', () => {
  test('only who waits', () => {
    assert.equal(canAdmit(after(SOCKET, WELCOME)), false);
    assert.equal(canAdmit(after(...waiting)), true);
    assert.equal(canAdmit(after(...calling)), false);
    assert.equal(after(SOCKET, WELCOME, { e: 'admit' }).admitting, false);
  });
  test('one press until the server says so, or says no', () => {
    const pressed = [...waiting, { e: 'admit' }] as DoctorEvent[];
    assert.equal(canAdmit(after(...pressed)), false);
    assert.equal(after(...pressed, consult('waiting')).admitting, true);
    assert.equal(after(...pressed, consult('call')).admitting, false);
    assert.equal(canAdmit(after(...pressed, server({ t: 'error', type: 'wrong-state', re: 'admit' }))), true);
  });
  test('again by itself where a restarted server has lost it, once', () => {
    const lost = [...calling, LOST, SOCKET, WELCOME, consult('created')] as DoctorEvent[];
    assert.equal(after(...lost).admitting, false);
    const back = [...lost, consult('waiting')];
    assert.equal(after(...back).admitting, true);
    const refused = [...back, server({ t: 'error', type: 'wrong-state', re: 'admit' }), consult('waiting')];
    assert.equal(after(...refused).admitting, false);
    assert.equal(after(...back, consult('reconnecting')).admitting, false);
  });

  test('by itself for a patient who was away for the moment of the press', () => {
    const refused = server({ t: 'error', type: 'wrong-state', re: 'admit' });
    const away = [...waiting, { e: 'admit' }, consult('created'), refused] as DoctorEvent[];
    assert.equal(after(...away).admitting, false);
    assert.equal(after(...away, consult('waiting')).admitting, true);
  });
  test('without microphone and camera as well, which are named', () => {
    const state = after(...waiting, { e: 'microphone', problem: 'denied' }, { e: 'camera', problem: 'missing' });
    assert.deepEqual(viewOf(state).problems, ['mic-denied', 'cam-missing']);
    assert.equal(canAdmit(state), true);
  });
  test('a device that came back is no problem any more', () => {
    const state = after(
      ...waiting,
      { e: 'microphone', problem: 'busy' },
      { e: 'own', microphone: 'on', camera: 'none' },
    );
    assert.deepEqual(viewOf(state).problems, []);
  });
});

test('ending asks first', () => {
  const asked = after(...calling, { e: 'end', step: 'ask' });
  assert.deepEqual([asked.confirmingEnd, asked.ending], [true, false]);
  const cancelled = reduce(asked, { e: 'end', step: 'cancel' });
  assert.deepEqual([cancelled.confirmingEnd, cancelled.ending], [false, false]);
  const confirmed = reduce(asked, { e: 'end', step: 'confirm' });
  assert.deepEqual([confirmed.confirmingEnd, confirmed.ending], [false, true]);
});

describe('words for the line', () => {
  for (const [figures, words] of [
    [undefined, 'lineUnknown'],
    [{}, 'lineUnknown'],
    [{ rttMs: 120 }, 'lineGood'],
    [{ rttMs: 400, lossUp: 0.02 }, 'lineSlow'],
    [{ rttMs: 1310 }, 'lineVerySlow'],
    [{ rttMs: 120, lossDown: 0.1 }, 'lineLossy'],
    [{ rttMs: 120, queueUpMs: 300, queueDownMs: 500 }, 'lineVerySlow'],
    [{ rttMs: 120, upState: 'silent' }, 'lineSilent'],
  ] as const) {
    test(`${JSON.stringify(figures)}: ${words}`, () =>
      assert.equal(lineInWords(figures && { id: 'p', ...figures }), words));
  }
  test('figures are the patient’s, and go with the leg', () => {
    const link = server({
      t: 'link',
      legs: [
        { id: 'd', rttMs: 1 },
        { id: 'p', rttMs: 900 },
      ],
      dirs: [],
    });
    assert.equal(after(...waiting, link).figures?.rttMs, 900);
    assert.equal(after(...waiting, link, server({ t: 'link', legs: [], dirs: [] })).figures?.rttMs, 900);
    assert.equal(after(...waiting, link, server({ t: 'state', state: 'waiting', legs: [] })).figures, undefined);
  });
  test('how the patient stands', () => {
    const stands = (...events: DoctorEvent[]): string => patientInWords(after(...events));
    assert.equal(stands(SOCKET, WELCOME), 'notConnected');
    assert.equal(stands(...waiting), 'connected');
    assert.equal(stands(SOCKET, WELCOME, consult('waiting', false)), 'pageOnly');
    assert.equal(stands(SOCKET, WELCOME, consult('waiting', false, false)), 'notConnected');
    assert.equal(stands(...calling, consult('reconnecting', false)), 'away');
  });
});

test('the pin that is shown: own choice first, else what the server holds', () => {
  const rung = server({ t: 'rung', up: 'video', upReason: 'unconstrained', down: 'voice', downReason: 'pinned' });
  assert.equal(pinShown(after(...calling)), '');
  assert.equal(pinShown(after(...calling, rung)), 'voice');
  assert.equal(pinShown(after(...calling, rung, { e: 'pin', rung: '' })), '');
});

describe('what the next rung needs', () => {
  const legs = [
    { id: 'p', upEst: 25, downEst: 33, upKbps: 17 },
    { id: 'd', upEst: 900, downEst: 800 },
  ];
  const dir = {
    from: 'patient',
    to: 'doctor',
    rung: 'voice',
    reason: 'uplink-thin',
    kbps: 18.2,
    nextKbps: 32,
  } as const;
  const next = (which: 'up' | 'down', ...dirs: object[]): unknown =>
    nextRung(after(...waiting, server({ t: 'link', legs, dirs: dirs as (typeof dir)[] }, 1000)), which);

  test('the thinner of the two links is what is there', () => {
    assert.deepEqual(next('down', dir), { rung: 'stills', needsKbps: 32, hasKbps: 25 });
    const back = { ...dir, from: 'doctor', to: 'patient', rung: 'stills', nextKbps: 90 };
    assert.deepEqual(next('up', dir, back), { rung: 'slow-video', needsKbps: 90, hasKbps: 33 });
  });
  test('nothing above the best one, or what nobody wants', () => {
    assert.equal(next('down', { ...dir, rung: 'video', nextKbps: 0 }), undefined);
    assert.equal(next('down', { ...dir, rung: 'video', nextKbps: 10 }), undefined);
    assert.equal(next('up', dir), undefined);
  });
  test('from below the stair back to its last step', () => {
    assert.deepEqual(next('down', { ...dir, rung: 'notes', nextKbps: 11 }), {
      rung: 'thin-voice',
      needsKbps: 11,
      hasKbps: 25,
    });
  });
  test('estimates leave a trace, which goes with the patient’s leg', () => {
    const state = after(...waiting, server({ t: 'link', legs, dirs: [dir] }, 1000));
    assert.deepEqual(state.traces.up, [{ atMs: 1000, could: 25, did: 17 }]);
    assert.deepEqual(state.ownTraces.down, [{ atMs: 1000, could: 800, did: undefined }]);
    const gone = reduce(state, server({ t: 'state', state: 'waiting', legs: [] }));
    assert.deepEqual([gone.traces.up, gone.directions, gone.ownTraces.up.length], [[], [], 1]);
  });
});

test('every reason and rung of the adapter has its words', () => {
  const labels = (file: string): string[] =>
    [
      ...readFileSync(`../bandwidth-adapter/src/main/java/org/raabta/adapter/${file}.java`, 'utf8').matchAll(
        /^ {4}[A-Z_]+\("([a-z-]+)"\)/gm,
      ),
    ].map(m => m[1] as string);
  assert.ok(labels('Reason').length > 10 && labels('Rung').length === 10);
  for (const reason of labels('Reason')) assert.ok(`reason-${reason}` in doctorEn, reason);
  for (const rung of labels('Rung')) assert.ok(`rung-${rung}` in doctorEn, rung);
});
