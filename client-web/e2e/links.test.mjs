// Links that do not lead into a consultation, and pages without what they need: each says so in words that help.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { screenshots } from './lib/artifacts.mjs';
import { chromium, offers, press, untilState } from './lib/browsers.mjs';
import { forged, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await chromium();
});
after(async () => {
  await browser?.remove();
  await server?.remove();
});

async function saysError(url, words, name) {
  const page = await browser.open(url);
  await untilState(page, 'error');
  await until(`the words ${words}`, async () => words.test(await page.evaluate(() => document.body.innerText)) || null);
  await screenshots(page, name);
  await page.close();
}

test('an expired link', async () => {
  const consult = await server.consult({ expiresAt: new Date(Date.now() + 3000).toISOString().replace(/\.\d+Z/, 'Z') });
  await until(
    'the link to expire',
    async () => (await server.call('GET', `/api/links/${consult.patientToken}`)).status === 410 || null,
  );
  await saysError(consult.patientUrl, /link is over/i, 'patient-link-expired');
  await saysError(consult.doctorUrl, /over|expired/i, 'doctor-link-expired');
});

test('a link that is closed yet: it says when, and opens by itself', async () => {
  const opensAt = new Date(Date.now() + 20_000).toISOString().replace(/\.\d+Z/, 'Z');
  const pages = [];
  for (const language of ['en', 'ur']) {
    const page = await browser.open((await server.consult({ language, opensAt })).patientUrl);
    await untilState(page, 'error');
    assert.equal(await offers(page, 'join'), false);
    await screenshots(page, `patient-link-early-${language}`);
    pages.push(page);
  }
  for (const page of pages) {
    await untilState(page, 'welcome', { seconds: 60 });
    await press(page, 'join');
    await untilState(page, 'waiting');
    await page.close();
  }
});

test('a forged link', async () => {
  const { patientUrl, doctorUrl } = await server.consult();
  await saysError(forged(patientUrl), /not right/i, 'patient-link-forged');
  await saysError(forged(doctorUrl), /not right|unknown|not valid|not known/i, 'doctor-link-forged');
});

test('a link of the other role', async () => {
  const { patientToken, doctorToken } = await server.consult();
  await saysError(`${server.base}/c/${doctorToken}`, /not right/i, 'patient-link-of-a-doctor');
  await saysError(
    `${server.base}/d/${patientToken}`,
    /not right|unknown|not valid|not known|patient/i,
    'doctor-link-of-a-patient',
  );
});

test('an ended consultation', async () => {
  const consult = await server.consult();
  assert.equal((await server.call('POST', `/api/consults/${consult.id}/end`, { key: server.clinicKey })).status, 204);
  const page = await browser.open(consult.patientUrl);
  await untilState(page, 'ended');
  await page.close();
});

test('no microphone, and none allowed', async () => {
  const bare = await chromium({ microphone: false });
  try {
    const { patientUrl } = await server.consult();
    const page = await bare.open(patientUrl);
    await untilState(page, 'welcome');
    await press(page, 'join');
    await untilState(page, 'error');
    await until(
      'words about the microphone',
      async () => /microphone/i.test(await page.evaluate(() => document.body.innerText)) || null,
    );
    await screenshots(page, 'patient-no-microphone');
  } finally {
    await bare.remove();
  }
});

test('no network when the page is already there', async () => {
  const { patientUrl } = await server.consult();
  const page = await browser.open(patientUrl);
  await untilState(page, 'welcome');
  await screenshots(page, 'patient-welcome-other-consultation');
  await server.kill();
  await untilState(page, 'error', { seconds: 60 });
  assert.match(await page.evaluate(() => document.body.innerText), /network/i);
  await screenshots(page, 'patient-no-network');
  await server.restart();
  await untilState(page, 'welcome', { seconds: 60 });
  await page.close();
});
