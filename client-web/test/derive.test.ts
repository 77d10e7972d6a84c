import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deriveIce, drawInstance, textHash, MAX_GENERATION } from '../src/shared/derive';

const TOKEN = 'EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

test('the example of docs/protocol.md', async () => {
  assert.deepEqual(await deriveIce(TOKEN, 'AAAAAAAA', 0), { ufrag: 'r81gVffp00', pwd: 'pe0wj5MYMV6PqMrsG+WuVYkw' });
});

test('generations share the base, count in base 36 and have passwords of their own', async () => {
  const [first, later, last] = await Promise.all([0, 37, MAX_GENERATION].map(gen => deriveIce(TOKEN, 'AAAAAAAA', gen)));
  assert.equal(later?.ufrag, 'r81gVffp11');
  assert.equal(last?.ufrag, 'r81gVffpzz');
  assert.equal(new Set([first?.pwd, later?.pwd, last?.pwd]).size, 3);
});

test('another token or instance gives other credentials', async () => {
  const a = await deriveIce(TOKEN, 'AAAAAAAA', 0);
  const b = await deriveIce(TOKEN, 'AAAAAAAB', 0);
  const c = await deriveIce(TOKEN.replace('E', 'F'), 'AAAAAAAA', 0);
  assert.equal(new Set([a.ufrag, b.ufrag, c.ufrag]).size, 3);
  assert.equal(new Set([a.pwd, b.pwd, c.pwd]).size, 3);
});

test('an instance is 8 base64url characters, drawn anew each time', () => {
  const drawn = Array.from({ length: 200 }, drawInstance);
  for (const instance of drawn) assert.match(instance, /^[\w-]{8}$/);
  assert.equal(new Set(drawn).size, drawn.length);
});

test('the hash of a text is that of its UTF-8 bytes, base64url', async () => {
  assert.equal(await textHash('abc'), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  assert.match(await textHash('اجازت'), /^[\w-]{43}$/);
});
