import assert from 'node:assert/strict';
import { test } from 'node:test';
import { affords } from '../src/patient/stay';
import { isCurrent, isFresh, keptAs } from '../src/worker/keep';

const DAY_MS = 24 * 3600 * 1000;
const NOW_MS = 1_764_000_000_000;

test('the page that is kept is known by its build', async () => {
  const page = new Response('<html data-build="abc">');
  assert.equal(await isCurrent(page, 'abc'), true);
  assert.equal(await isCurrent(page, 'abcd'), false);
  assert.equal(await page.text(), '<html data-build="abc">', 'still there to be shown');
});

test('a page is kept decoded, with its policy, for thirty days', async () => {
  const sent = new Response('page', {
    headers: { 'content-encoding': 'br', 'content-length': '3', 'content-security-policy': "default-src 'none'" },
  });
  const kept = await keptAs(sent, NOW_MS);
  assert.equal(kept.headers.get('content-encoding'), null);
  assert.equal(kept.headers.get('content-security-policy'), "default-src 'none'");
  assert.equal(await kept.clone().text(), 'page');
  assert.equal(isFresh(kept, NOW_MS + 29 * DAY_MS), true);
  assert.equal(isFresh(kept, NOW_MS + 31 * DAY_MS), false);
});

test('a clock that was wrong by years keeps nothing for years', async () => {
  const kept = await keptAs(new Response('page'), NOW_MS);
  assert.equal(isFresh(kept, NOW_MS - 5 * 365 * DAY_MS), false);
  assert.equal(isFresh(new Response('page'), NOW_MS), false, 'one that says no time');
});

test('what is only convenient travels where the browser says that the link is no thin one', () => {
  assert.equal(affords({ effectiveType: '4g' }), true);
  for (const thin of [
    undefined,
    {},
    { effectiveType: '2g' },
    { effectiveType: 'slow-2g' },
    { effectiveType: '4g', saveData: true },
  ])
    assert.equal(affords(thin), false);
});
