import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  canAdmit,
  initial,
  lineInWords,
  patientInWords,
  pinShown,
  reduce,
  viewOf,
  type DoctorEvent,
  type DoctorState,
} from '../src/doctor/state';
import type { ConsultState, ServerMessage } from '../src/shared/protocol';

const RELAY = { host: '203.0.113.5', udp: 9000, fp: 'A'.repeat(43), run: 'r' };
const server = (m: ServerMessage): DoctorEvent => ({ e: 'server', m });
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
    });
    assert.equal(after(...waiting, link).figures?.rttMs, 900);
    assert.equal(after(...waiting, link, server({ t: 'link', legs: [] })).figures?.rttMs, 900);
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
