// The way of somebody who cannot read: only pictures are pressed and only what is spoken and drawn is believed. No test in this file
// may look at a word of the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium, end, press } from './lib/browsers.mjs';
import { hears } from './lib/meeting.mjs';
import { startServer } from './lib/server.mjs';
import { beepFile } from './lib/sound.mjs';
import { until } from './lib/wait.mjs';

const DOCTOR_HZ = 700;

let server, browser, doctors;
before(async () => {
  server = await startServer();
  browser = await chromium();
  doctors = await chromium({ sound: beepFile(DOCTOR_HZ) });
});
after(async () => {
  await doctors?.remove();
  await browser?.remove();
  await server?.remove();
});

/** Presses the largest thing on the screen that carries this picture. */
async function touch(page, picture) {
  const at = await until(`something with ${picture} on it`, () =>
    page.evaluate(sign => {
      const box = use => use.closest('button, a').getBoundingClientRect();
      const [largest] = [...document.querySelectorAll(`:is(button, a) use[href="#${sign}"]`)]
        .filter(use => !use.closest('button, a').disabled && box(use).width > 0)
        .map(box)
        .sort((a, b) => b.width * b.height - a.width * a.height);
      return largest
        ? { x: largest.x + largest.width / 2, y: largest.y + largest.height / 2, h: largest.height }
        : null;
    }, picture),
  );
  assert.ok(at.h >= 44, `${picture} is ${at.h} pixels high: too small for a finger`);
  await page.mouse.click(at.x, at.y);
}

/** What the screen said aloud last; forgotten, so that the next one has to speak for itself. */
async function spoken(page, prompt) {
  await until(`the screen to say "${prompt}"`, () =>
    page.evaluate(wanted => {
      const root = document.documentElement;
      if (root.dataset.spoken !== wanted) return null;
      delete root.dataset.spoken;
      return true;
    }, prompt),
  );
}

/** @param picture a symbol's name, or how the names of several begin */
const pictured = (page, picture) =>
  until(`the picture ${picture}`, () =>
    page.evaluate(
      sign =>
        [...document.querySelectorAll(`use[href^="#${sign}"]`)].some(use => use.getClientRects().length > 0) || null,
      picture,
    ),
  );

test('in, heard, out, back in and over, by hearing and pictures alone', async () => {
  const consult = await server.consult({ patientName: 'Zainab', language: 'ur' });
  const patient = await browser.open(consult.patientUrl);
  const doctor = await doctors.open(consult.doctorUrl);
  await pictured(patient, 'p-doctor');
  await touch(patient, 'i-call');
  await pictured(patient, 'p-doctor');
  await spoken(patient, 'doctorHere');
  await touch(patient, 'i-hear');
  await spoken(patient, 'doctorHere');
  await press(doctor, 'admit');
  await hears(patient, DOCTOR_HZ);
  await pictured(patient, 'q-');
  await touch(patient, 'i-leave');
  await spoken(patient, 'left');
  await touch(patient, 'i-call');
  await hears(patient, DOCTOR_HZ);
  await end(doctor);
  await pictured(patient, 'p-done');
  await spoken(patient, 'ended');
  assert.deepEqual(patient.errors, []);
  await patient.close();
  await doctor.close();
});

test('where the microphone is refused a picture shows it, and the screen says what to do', async () => {
  const deaf = await chromium({ microphone: false });
  const { patientUrl } = await server.consult({ language: 'ur' });
  const page = await deaf.open(patientUrl);
  await touch(page, 'i-call');
  await pictured(page, 'p-mic-off');
  await until('it to say which', () =>
    page.evaluate(() => ['denied', 'missing', 'busy'].includes(document.documentElement.dataset.spoken) || null),
  );
  await deaf.remove();
});
