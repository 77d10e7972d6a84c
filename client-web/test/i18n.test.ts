import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doctorEn } from '../src/messages/doctor.en';
import { doctorUr } from '../src/messages/doctor.ur';
import { patientEn } from '../src/messages/patient.en';
import { patientUr } from '../src/messages/patient.ur';
import { Phrases } from '../src/shared/i18n';

const phrases = (): Phrases<'a' | 'b'> =>
  new Phrases<'a' | 'b'>({ code: 'en', dir: 'ltr', texts: { a: 'A {name}', b: 'B' } }, [
    { code: 'ur', dir: 'rtl', texts: { a: 'الف {name}' } },
  ]);

test('the first wanted language that is known; a region does not matter', () => {
  const p = phrases();
  p.choose([undefined, 'sd', 'ur-PK', 'en']);
  assert.equal(p.language.code, 'ur');
  p.choose(['xx']);
  assert.equal(p.language.code, 'ur');
  p.choose(['EN-GB']);
  assert.equal(p.language.code, 'en');
});

test('a missing text is said in English, and says that it is English', () => {
  const p = phrases();
  p.choose(['ur']);
  assert.equal(p.say('a', { name: '$& زینب' }).text, 'الف $& زینب');
  assert.equal(p.say('a').language.dir, 'rtl');
  assert.deepEqual([p.say('b').text, p.say('b').language.code], ['B', 'en']);
});

for (const [page, en, ur] of [
  ['patient', patientEn, patientUr],
  ['doctor', doctorEn, doctorUr],
] as const) {
  test(`${page}: no text is empty and both languages fill in the same things`, () => {
    const slots = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [key, text] of Object.entries(en)) {
      const other = (ur as Record<string, string>)[key] ?? '';
      assert.ok(text.trim() && other.trim(), key);
      assert.deepEqual(slots(other), slots(text), key);
    }
  });
}
