// The clinic's waiting line: numerals, a doctor who goes and comes back, calls, what it costs, and the clinic's own list.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { screenshots } from './lib/artifacts.mjs';
import { chromium, press, untilState } from './lib/browsers.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

let server, patients, doctors;
before(async () => {
  server = await startServer({ settings: 'clinic { price-per-mb = 0.5, keep-place = 15m }' });
  [patients, doctors] = await Promise.all([chromium(), chromium()]);
});
after(async () => {
  for (const browser of [patients, doctors]) await browser?.remove();
  await server?.remove();
});

const textOf = (page, testId) => page.$eval(`[data-testid="${testId}"]`, element => element.innerText.trim());
const shown = (page, testId) =>
  page.evaluate(id => document.querySelector(`[data-testid="${id}"]`)?.checkVisibility() === true, testId);

async function waits(browser, consult, way) {
  const page = await browser.open(consult.patientUrl);
  await untilState(page, 'welcome');
  await press(page, way);
  await untilState(page, 'waiting');
  return page;
}

test('who waits sees and hears the place, is called, and keeps the place; the clinic sees everybody', async () => {
  const first = await server.consult({ patientName: 'Zainab', language: 'en' });
  const second = await server.consult({ patientName: 'بلال', language: 'ur' });
  const zainab = await waits(patients, first, 'join');
  await until('her numeral', async () => (await shown(zainab, 'place')) && (await textOf(zainab, 'place')) === '1');
  await screenshots(zainab, 'waiting-named-camera');
  const bilal = await waits(patients, second, 'voice-only');
  await until('his numeral', async () => (await shown(bilal, 'place')) && /^[2۲]$/.test(await textOf(bilal, 'place')));
  await until(
    'his name to be asked for aloud',
    async () => (await bilal.evaluate(() => document.documentElement.dataset.spoken)) === 'whose',
  );
  await screenshots(bilal, 'waiting-named-ur');
  await press(bilal, 'name-no');
  await until('the question to go', async () => !(await shown(bilal, 'whose-name')));
  await until(
    'his number to be spoken',
    async () => (await bilal.evaluate(() => document.documentElement.dataset.spoken)) === 'place-2',
  );
  await screenshots(bilal, 'waiting-second-ur');
  await press(zainab, 'name-yes');
  await until('the question to go', async () => !(await shown(zainab, 'whose-name')));
  await screenshots(zainab, 'waiting-camera');

  const list = await doctors.open(`${server.base}/queue`);
  await list.type('#key', server.clinicKey);
  await list.keyboard.press('Enter');
  await until('two rows', async () => (await list.$$('[data-testid="waiting"]')).length === 2);
  const rows = await list.$$eval('[data-testid="waiting"]', all => all.map(each => each.innerText));
  assert.match(rows[0], /Zainab/);
  assert.match(rows[1], /بلال/);
  assert.equal(await list.$eval('li a', a => new URL(a.href).pathname), new URL(first.doctorUrl).pathname);
  await screenshots(list, 'queue');

  // The doctor comes, calls, and goes for a moment.
  const doctor = await doctors.open(first.doctorUrl);
  await until('the bell', () => shown(doctor, 'call-patient'));
  await press(doctor, 'call-patient');
  await until('her phone to ring', () => shown(zainab, 'ringing'));
  await screenshots(zainab, 'waiting-called');
  await press(zainab, 'ringing');
  await until('it to be quiet', async () => !(await shown(zainab, 'ringing')));
  await press(zainab, 'call-doctor');
  await until('the console to ring', () => shown(doctor, 'ringing'));
  await press(doctor, 'ringing');
  await doctor.close();
  await until(
    '"away" to be said',
    async () => (await zainab.evaluate(() => document.documentElement.dataset.spoken)) === 'doctorOut',
  );
  await screenshots(zainab, 'waiting-doctor-away');

  // She is away for a while: his number stays, and she is called when she comes back.
  await zainab.goto('about:blank');
  const back = await doctors.open(first.doctorUrl);
  await until('the bell again', () => shown(back, 'call-patient'));
  await press(back, 'call-patient');
  const again = await patients.open(first.patientUrl);
  await until('the missed call', () => shown(again, 'ringing'));
  await untilState(again, 'waiting');
  await until('the old numeral', async () => (await textOf(again, 'place')) === '1');
  assert.match(await textOf(bilal, 'place'), /^[2۲]$/);
  await press(back, 'admit');
  await untilState(again, 'call');
  await until('his turn', async () => /^[1۱]$/.test(await textOf(bilal, 'place')));
  await until('nobody to be called who is in the call', async () => !(await shown(again, 'ringing')));

  // What it costs, and the most it may.
  await until('the price', async () => /MB.? · Rs/.test(await textOf(again, 'data')));
  await press(again, 'data');
  await screenshots(again, 'data-limits');
  await press(again, 'limit-5');
  await until('the choice to be kept by the server', async () =>
    again.evaluate(() => document.querySelector('[data-testid="limit-5"]').getAttribute('aria-pressed') === 'true'),
  );
});
