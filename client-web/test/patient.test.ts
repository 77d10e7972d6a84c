import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { admitted, initial, reduce, viewOf, type PatientEvent, type PatientState } from '../src/patient/state';
import type { ServerMessage } from '../src/shared/protocol';

const RELAY = { host: '203.0.113.5', udp: 9000, fp: 'A'.repeat(43), run: 'r' };
const server = (m: ServerMessage): PatientEvent => ({ e: 'server', m });
const WELCOME = server({
  t: 'welcome',
  role: 'patient',
  leg: 'p',
  state: 'created',
  name: 'Zainab',
  lang: 'ur',
  relay: RELAY,
});
const SOCKET: PatientEvent = { e: 'socket', open: true };
const MEDIA: PatientEvent = { e: 'media', state: 'connected' };
const GRANTED: PatientEvent = { e: 'microphone', problem: undefined };
const OWN: PatientEvent = { e: 'own', microphone: 'on', camera: 'none' };
const JOIN: PatientEvent = { e: 'join', voiceOnly: false };
const consult = (state: 'waiting' | 'call' | 'reconnecting', doctorConnected = true): PatientEvent =>
  server({
    t: 'state',
    state,
    legs: [{ id: 'd', role: 'doctor', connected: doctorConnected, socket: true, camera: true }],
  });

const after = (...events: PatientEvent[]): PatientState => events.reduce(reduce, initial);
const waiting = [SOCKET, WELCOME, MEDIA, JOIN, OWN, GRANTED, consult('waiting')];
const calling = [...waiting, consult('call')];
const seen = (...events: PatientEvent[]): string => {
  const { page, screen, title, note } = viewOf(after(...events));
  return [page, screen, title, note].filter(Boolean).join(' ');
};

describe('the way in', () => {
  test('welcome at once, before anything is known', () => assert.equal(seen(), 'welcome welcome helloPlain'));
  test('by name', () => {
    assert.equal(seen(SOCKET, WELCOME), 'welcome welcome hello');
    assert.equal(after(SOCKET, WELCOME).lang, 'ur');
  });
  test('asked for the microphone', () => assert.equal(seen(SOCKET, WELCOME, JOIN), 'welcome message asking'));
  test('waits', () => assert.equal(seen(...waiting), 'waiting waiting waiting'));
  test('talks', () => assert.equal(seen(...calling), 'call call inCall'));
  test('admitted before the tap: still the welcome screen, nothing is sent', () => {
    const state = after(SOCKET, WELCOME, MEDIA, consult('call'));
    assert.equal(viewOf(state).screen, 'welcome');
    assert.equal(admitted(state), false);
  });
});

describe('a link that is closed yet', () => {
  const early = server({ ...(WELCOME as { m: ServerMessage }).m, opensAt: 1764000000, opensIn: 60 } as ServerMessage);
  test('says so, with no button', () => {
    const view = viewOf(after(SOCKET, early));
    assert.deepEqual([view.page, view.title, view.action], ['error', 'early', undefined]);
    assert.equal(after(SOCKET, early).opensAt, 1764000000);
  });
  test('opens by itself, or with the next word of the server', () => {
    assert.equal(seen(SOCKET, early, { e: 'open' }), 'welcome welcome hello');
    assert.equal(seen(SOCKET, early, WELCOME), 'welcome welcome hello');
  });
});

describe('what can go wrong on the way', () => {
  for (const problem of ['denied', 'missing', 'busy', 'slow', 'unsupported'] as const) {
    test(`microphone: ${problem}`, () =>
      assert.equal(seen(SOCKET, JOIN, { e: 'microphone', problem }), `error message ${problem}`));
  }
  test('a yes that came late still counts', () => {
    assert.equal(viewOf(after(SOCKET, JOIN, { e: 'microphone', problem: 'slow' }, OWN, GRANTED)).page, 'waiting');
  });
  test('another try', () =>
    assert.equal(seen(SOCKET, JOIN, { e: 'microphone', problem: 'denied' }, JOIN), 'welcome message asking'));
  test('no network, until there is one', () => {
    const failed: PatientEvent[] = [{ e: 'socket', open: false }, { e: 'unreachable' }];
    assert.equal(seen(...failed), 'error message offline');
    assert.equal(seen(...failed, SOCKET, WELCOME), 'welcome welcome hello');
  });
  test('one failed attempt alone says nothing yet', () =>
    assert.equal(seen({ e: 'socket', open: false }), 'welcome welcome helloPlain'));
  for (const why of ['link-unknown', 'link-expired'] as const) {
    test(why, () => assert.equal(seen({ e: 'refused', why }), `error message ${why}`));
  }
  test('refused because it is over', () =>
    assert.equal(seen({ e: 'refused', why: 'consult-ended' }), 'ended message ended'));
});

describe('lines that break', () => {
  test('socket away in the waiting room', () => {
    assert.equal(seen(...waiting, { e: 'socket', open: false }), 'reconnecting waiting waiting connecting');
    assert.equal(
      seen(...waiting, { e: 'socket', open: false }, { e: 'unreachable' }),
      'reconnecting waiting waiting noNetworkNote',
    );
  });
  test('socket away in the call: the talk goes on', () =>
    assert.equal(seen(...calling, { e: 'socket', open: false }), 'call call inCall'));
  test('own transport away', () => {
    assert.equal(seen(...calling, { e: 'media', state: 'lost' }), 'reconnecting call inCall weak');
    assert.equal(seen(...calling, { e: 'media', state: 'connecting' }), 'reconnecting call inCall connecting');
    assert.equal(seen(...calling, { e: 'media', state: 'lost' }, MEDIA), 'call call inCall');
  });
  test('the doctor is away', () => {
    const state = after(...calling, consult('reconnecting', false));
    assert.equal(viewOf(state).note, 'doctorAway');
    assert.equal(viewOf(state).page, 'reconnecting');
    assert.equal(admitted(state), true);
  });
});

describe('the way out', () => {
  test('left, and back', () => {
    assert.equal(seen(...calling, { e: 'leave' }), 'welcome welcome left');
    assert.equal(admitted(after(...calling, { e: 'leave' })), false);
    assert.equal(seen(...calling, { e: 'leave' }, JOIN, SOCKET, OWN, GRANTED, MEDIA), 'call call inCall');
  });
  test('a late microphone does not bring back who left', () => {
    assert.equal(seen(SOCKET, WELCOME, JOIN, { e: 'leave' }, GRANTED), 'welcome welcome left');
  });
  for (const [what, event, expected] of [
    ['ended', server({ t: 'ended' }), 'ended message ended'],
    ['ended as a state', server({ t: 'state', state: 'ended', legs: [] }), 'ended message ended'],
    ['expired', server({ t: 'state', state: 'expired', legs: [] }), 'error message link-expired'],
    ['replaced', { e: 'replaced' }, 'error message replaced'],
  ] as [string, PatientEvent, string][]) {
    test(`${what} stays so, whatever comes`, () => {
      assert.equal(seen(...calling, event), expected);
      assert.equal(seen(...calling, event, SOCKET, WELCOME, consult('call'), MEDIA, JOIN, GRANTED), expected);
    });
  }
});

test('how the line is: shown in the call, once the server says, and not over what is worse', () => {
  const poor = server({ t: 'quality', q: 'poor' });
  assert.equal(viewOf(after(...calling)).quality, undefined);
  assert.equal(viewOf(after(...waiting, poor)).quality, undefined);
  const state = after(...calling, poor);
  assert.equal(viewOf(state).quality, 'poor');
  assert.equal(viewOf(reduce(state, { e: 'media', state: 'lost' })).quality, undefined);
  assert.equal(viewOf(reduce(state, server({ t: 'quality', q: 'good' }))).quality, 'good');
  assert.equal(reduce(state, { e: 'leave' }).quality, undefined);
});

test('hooks and switches', () => {
  const state = after(
    ...calling,
    server({ t: 'rung', up: 'voice', upReason: 'camera-off', down: 'video', downReason: 'unconstrained' }),
    { e: 'own', microphone: 'muted', camera: 'on' },
  );
  assert.deepEqual([state.rungUp, state.rungDown, state.camera], ['voice', 'video', 'on']);
  assert.equal(viewOf(state).note, 'muted');
});

test('without a microphone one goes on listening and writing', () => {
  const events: PatientEvent[] = [
    { e: 'join', voiceOnly: false },
    { e: 'microphone', problem: 'denied' },
  ];
  const stuck = events.reduce(reduce, initial);
  assert.deepEqual([viewOf(stuck).page, viewOf(stuck).without], ['error', true]);
  const on = reduce(stuck, { e: 'without-microphone' });
  assert.deepEqual([on.presence, on.problem, viewOf(on).screen], ['here', undefined, 'waiting']);
  assert.equal(reduce(initial, { e: 'without-microphone' }), initial, 'only where there was trouble');
});
