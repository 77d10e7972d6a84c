import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints } from '../build/languages.mjs';
import { initial, saidWith, viewOf, type PatientState } from '../src/patient/state';
import spoken from '../src/messages/spoken.json';
import { lineEn } from '../src/messages/line.en';
import { tryEn } from '../src/messages/try.en';
import { patientEn } from '../src/messages/patient.en';

const english = { hello: 'Hello, {name}', join: 'Talk' };

test('the build names every text that is missing, empty, unknown or lacks a name to fill in', () => {
  assert.deepEqual(complaints('patient.xx.ts', { hello: 'Salaam {name}', join: 'J' }, english), []);
  assert.deepEqual(complaints('patient.xx.ts', { hello: 'Salaam', other: 'x' }, english), [
    'patient.xx.ts: "hello" must hold {name}',
    'patient.xx.ts: no "join"',
    'patient.xx.ts: "other" is not in en',
  ]);
  assert.deepEqual(complaints('patient.xx.ts', { hello: '{name}', join: ' ' }, english), [
    'patient.xx.ts: "join" is empty',
  ]);
});

test('every screen outside the call has something to say, in texts that there are', () => {
  const states: Partial<PatientState>[] = [
    {},
    { presence: 'left' },
    { presence: 'asking' },
    { presence: 'here', socket: 'open' },
    {
      presence: 'here',
      socket: 'open',
      doctor: { id: 'd', role: 'doctor', connected: true, socket: true, camera: false },
    },
    { socket: 'lost', unreachable: true },
    { erased: true },
    { opensAt: 1 },
    ...(['denied', 'missing', 'busy', 'slow', 'unsupported'] as const).map(problem => ({ problem })),
    ...(['consult-ended', 'link-expired', 'link-unknown', 'replaced'] as const).map(over => ({ over })),
  ];
  const said = states.map(state => saidWith(viewOf({ ...initial, ...state })));
  // What only comes to a waiting screen is said by src/patient/line.ts, verdicts by src/try.
  const news = Object.keys(spoken).filter(prompt =>
    /^place-[1-9]$|^doctorOut$|^doctorBack$|^calling$|^whose$|^try-/.test(prompt),
  );
  assert.equal(news.length, 13 + 8);
  assert.deepEqual([...new Set(said), ...news].sort(), Object.keys(spoken).sort());
  for (const part of Object.values(spoken).flat())
    assert.ok((part.split(':')[0] ?? '') in { ...patientEn, ...lineEn, ...tryEn }, part);
  assert.equal(saidWith(viewOf({ ...initial, presence: 'here', socket: 'open', consult: 'call' })), undefined);
});
