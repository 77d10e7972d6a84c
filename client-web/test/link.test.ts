import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roleOf, tokenOf } from '../src/shared/link';

const token = (firstByte: number): string =>
  Buffer.from([firstByte, ...Array.from({ length: 31 }, (_, i) => 250 - i)]).toString('base64url');

test('the first byte says version and role', () => {
  assert.equal(roleOf(token(0x10)), 'patient');
  assert.equal(roleOf(token(0x11)), 'doctor');
  assert.equal(roleOf(token(0x12)), 'guest');
});

test('another version, role or length is no link', () => {
  assert.equal(roleOf(token(0x13)), undefined);
  assert.equal(roleOf(token(0x20)), undefined);
  assert.equal(roleOf(token(0x10).slice(1)), undefined);
  assert.equal(roleOf(''), undefined);
  assert.equal(roleOf('§'.repeat(43)), undefined);
});

test('the token is the last part of the path', () => {
  assert.equal(tokenOf('/c/EAAA'), 'EAAA');
});
