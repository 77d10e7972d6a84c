// The page without script: what a browser that cannot hold a call gets, and what of it reaches the doctor.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { screenshots } from './lib/artifacts.mjs';
import { chromium } from './lib/browsers.mjs';
import { photoFile, PLACE, rows } from './lib/items.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const OPERA_MINI = 'Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; en) Presto/2.12.423 Version/12.16';
const MOST_BYTES = 15_000;

let server, patients, doctors;
before(async () => {
  server = await startServer();
  patients = await chromium();
  doctors = await chromium();
});
after(async () => {
  await patients?.remove();
  await doctors?.remove();
  await server?.remove();
});

/** A page of a browser whose script is off. */
async function withoutScript(url, { userAgent } = {}) {
  // Nothing of an earlier page is kept there: its worker would answer in the server's place, as it never does in such browsers.
  const page = await (await patients.raw.createBrowserContext()).newPage();
  await page.setJavaScriptEnabled(false);
  if (userAgent) await page.setUserAgent(userAgent);
  const seen = { page, requests: 0 };
  page.on('request', request => {
    if (!request.url().startsWith('data:')) seen.requests++;
  });
  await page.goto(url);
  await page.waitForSelector('[data-testid="send"]');
  return seen;
}

const said = (page, id) => page.$eval(`[data-testid="${id}"]`, element => element.textContent);

test('script is off: the page leads to the one without, and what is sent there stands in the console', async () => {
  const consult = await server.consult({ patientName: 'Zainab', language: 'ur' });
  const doctor = await doctors.open(consult.doctorUrl);
  const { page } = await withoutScript(consult.patientUrl);
  assert.equal(new URL(page.url()).search, '?w');
  assert.equal(await page.$eval('html', html => `${html.lang} ${html.dir}`), 'ur rtl');
  await screenshots(page, 'letter-ur');

  const photo = await photoFile(patients);
  await page.type('[data-testid="text"]', 'میرے بچے کو بخار ہے <b>');
  await (await page.$('[data-testid="photo"]')).uploadFile(photo);
  await page.type('[data-testid="phone"]', '0300 1234567');
  await Promise.all([page.waitForNavigation(), page.click('[data-testid="send"]')]);
  for (const id of ['sent-text', 'sent-photo', 'sent-call']) assert.ok(await said(page, id), id);
  await screenshots(page, 'letter-sent-ur');

  await until('the console to show words, number and photo', async () => {
    const there = JSON.stringify(await rows(doctor));
    return /بخار ہے <b>/.test(there) && /03001234567/.test(there) && /photo/.test(there);
  });
  await screenshots(doctor, 'letter-in-the-console');
  const { e } = (await server.call('GET', '/api/timeline?from=0', { token: consult.doctorToken })).body;
  const entry = e.find(({ k }) => k === 'photo');
  assert.ok(fs.statSync(photo).size > 65_536, 'larger than other bodies may be');
  const kept = await server.call('GET', `/api/transfers/${entry.id}`, { token: consult.doctorToken });
  assert.equal(kept.status, 200);
  assert.ok(!kept.body.includes(PLACE), 'where it was taken is taken out');
  assert.deepEqual(doctor.errors, []);
  await doctor.close();
  await page.close();
});

/** The patient's page with another script in the place of its own, as an engine that cannot read that one has it. */
async function withScript(url, script) {
  const html = (await (await fetch(url)).text()).split('<script>');
  const page = await patients.raw.newPage();
  await page.setRequestInterception(true);
  page.on('request', request =>
    request.url() === url
      ? request.respond({
          contentType: 'text/html; charset=utf-8',
          body: [...html.slice(0, -1), `${script}</script>`].join('<script>'),
        })
      : request.continue(),
  );
  await page.goto(url);
  return page;
}

test('an engine that cannot read the script, or lacks what it needs, is led to the page without', async () => {
  const consult = await server.consult({ language: 'en' });
  const unread = await withScript(consult.patientUrl, 'let let = ;');
  await unread.waitForSelector('[data-testid="send"]');
  assert.equal(new URL(unread.url()).search, '?w');
  await unread.close();
  const without = await patients.raw.newPage();
  await without.evaluateOnNewDocument(() => {
    delete window.WebSocket;
    delete window.RTCPeerConnection;
  });
  await without.goto(consult.patientUrl);
  await without.waitForSelector('[data-testid="send"]');
  await without.close();
});

test('Opera Mini gets it at the link itself, in one request and 15 KB', async () => {
  const consult = await server.consult({ language: 'en' });
  const seen = await withoutScript(consult.patientUrl, { userAgent: OPERA_MINI });
  const { page } = seen;
  assert.equal(seen.requests, 1);
  const answer = await fetch(consult.patientUrl, {
    headers: { 'user-agent': OPERA_MINI, 'accept-encoding': 'identity' },
  });
  const bytes = (await answer.arrayBuffer()).byteLength;
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
  console.log(`page without script: ${bytes} bytes`);
  await screenshots(page, 'letter-en');
  await Promise.all([page.waitForNavigation(), page.click('[data-testid="send"]')]);
  assert.ok(await said(page, 'nothing'));
  await screenshots(page, 'letter-nothing-en');
  await Promise.all([page.waitForNavigation(), page.click('[data-testid="call"]')]);
  assert.ok(await said(page, 'sent-call'));
  const anyway = await page.$eval('[data-testid="anyway"]', link => link.href);
  await page.close();
  // A browser that was misjudged runs scripts.
  const misjudged = await patients.raw.newPage();
  await misjudged.setUserAgent(OPERA_MINI);
  await misjudged.goto(anyway);
  await misjudged.waitForSelector('[data-testid="join"]:not(:disabled)');
  await misjudged.close();
});

test('by keyboard alone', async () => {
  const consult = await server.consult({ language: 'en' });
  const { page } = await withoutScript(`${consult.patientUrl}?w`);
  const focused = () => page.evaluate(() => document.activeElement.dataset.testid);
  const order = [];
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('Tab');
    order.push(await focused());
    if (order.at(-1) === 'text') await page.keyboard.type('By keyboard');
  }
  assert.deepEqual(order, ['emergency', 'text', 'photo', 'phone', 'send', 'call']);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.ok(await said(page, 'sent-text'));
  assert.ok(await said(page, 'sent-call'));
  await page.close();
});

test('the consultation is over while somebody writes', async () => {
  const consult = await server.consult({ language: 'en' });
  const { page } = await withoutScript(`${consult.patientUrl}?w`);
  await server.call('POST', `/api/consults/${consult.id}/end`, { key: server.clinicKey });
  await page.type('[data-testid="text"]', 'Too late');
  await Promise.all([page.waitForNavigation(), page.click('[data-testid="send"]')]);
  assert.ok(await said(page, 'over'));
  assert.equal(await page.$('form'), null);
  await screenshots(page, 'letter-over-en');
  await page.close();
});
