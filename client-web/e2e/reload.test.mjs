// Whoever loads the page again, by hand or because the phone did, is where they were.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium, end, offers, press, untilState } from './lib/browsers.mjs';
import { bothHear, meet, noPageErrors } from './lib/meeting.mjs';
import { forged, startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

let server, browser, doctors;
before(async () => {
  server = await startServer();
  browser = await chromium();
  doctors = await chromium();
});
after(async () => {
  await doctors?.remove();
  await browser?.remove();
  await server?.remove();
});

async function again(page, wanted) {
  await page.reload({ waitUntil: 'domcontentloaded' });
  await untilState(page, wanted, { seconds: 60 });
}

test('before the tap, and while the phone asks for the microphone: the same button again', async () => {
  const { patientUrl } = await server.consult({ language: 'en' });
  const page = await browser.open(patientUrl, {
    watch: page =>
      page.evaluateOnNewDocument(() => {
        navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined);
      }),
  });
  await untilState(page, 'welcome');
  await again(page, 'welcome');
  await press(page, 'join');
  await until('the question', async () => !(await offers(page, 'join')));
  await again(page, 'welcome');
  await until('the button', () => offers(page, 'join'));
  await page.close();
});

test('in the waiting room, in the call, after leaving, and at the end', async () => {
  const { patient, doctor } = await meet(
    server,
    { patient: browser, doctor: doctors },
    { onWaiting: patient => again(patient, 'waiting') },
  );
  await again(patient, 'call');
  await again(doctor, 'call');
  await bothHear(patient, doctor);
  await press(patient, 'leave');
  await untilState(patient, 'welcome');
  await again(patient, 'welcome');
  // It has heard that the doctor is in the call, and still asks: nobody's microphone opens by itself.
  await until('the page to know its patient', () => patient.evaluate(() => document.body.innerText.includes('Zainab')));
  await press(patient, 'join');
  await untilState(patient, 'call');
  await end(doctor);
  await untilState(patient, 'ended');
  await again(patient, 'ended');
  await press(patient, 'erase');
  await until('it to be erased', async () => !(await offers(patient, 'erase')));
  await again(patient, 'ended');
  await again(doctor, 'ended');
  noPageErrors(patient, doctor);
  await patient.close();
  await doctor.close();
});

test('while the server is gone: the page says so, and goes on by itself', async () => {
  const kept = page => page.evaluate(() => caches.match('/c/').then(Boolean));
  const { patient, doctor } = await meet(
    server,
    { patient: browser, doctor: doctors },
    { onWaiting: patient => until('the page to be kept', () => kept(patient), { seconds: 60 }) },
  );
  await server.kill();
  await patient.reload({ waitUntil: 'domcontentloaded' });
  await until('it to be no call', () => patient.evaluate(() => document.documentElement.dataset.state !== 'call'));
  await server.restart();
  await untilState(patient, 'call', { seconds: 120 });
  await bothHear(patient, doctor);
  await end(doctor);
  await patient.close();
  await doctor.close();
});

test('a link that leads nowhere still does', async () => {
  const { patientUrl } = await server.consult();
  const page = await browser.open(forged(patientUrl));
  await untilState(page, 'error');
  await again(page, 'error');
  assert.equal(await offers(page, 'join'), false);
  await page.close();
});
