// Clinical photos: asked for, taken, checked, brought there whole through whatever breaks, and looked at.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { screenshots } from './lib/artifacts.mjs';
import { chromium, firefox, press, state, untilState } from './lib/browsers.mjs';
import { startCutter } from './lib/cutter.mjs';
import {
  countSent,
  item,
  nothingForNothing,
  photoFile,
  PLACE,
  sendPhoto,
  sentBytes,
  sentOf,
  sha,
  untilEntry,
  untilRow,
} from './lib/items.mjs';
import { bothHear, meet, noPageErrors } from './lib/meeting.mjs';
import { ownAddress } from './lib/ports.mjs';
import { startServer } from './lib/server.mjs';
import { beepFile } from './lib/sound.mjs';
import { until } from './lib/wait.mjs';

let server, patients, doctors;

before(async () => {
  server = await startServer({ mediaHost: ownAddress() ?? '127.0.0.1' });
  patients = await chromium({ sound: beepFile(440) });
  doctors = await chromium({ sound: beepFile(1320) });
});
after(async () => {
  await patients?.remove();
  await doctors?.remove();
  await server?.remove();
});

async function ask(doctor, view) {
  await press(doctor, 'request-photo');
  await press(doctor, `request-${view}`);
}

/** The photo at the doctor's: whole, the same as the time line says, large, gentle, and telling no place. */
async function arrivedWhole(consult, doctor, view) {
  const entry = await untilEntry(
    server,
    consult.doctorToken,
    `photo ${view}`,
    e => e.k === 'photo' && e.view === view && e.s === 'delivered',
    { seconds: 90 },
  );
  const { type, bytes } = await item(server, consult.doctorToken, entry.id);
  assert.equal(type, 'image/jpeg');
  assert.equal(sha(bytes), entry.sha);
  assert.equal(bytes.length, entry.bytes);
  assert.ok(Math.max(entry.w, entry.h) >= 1024 && Math.min(entry.w, entry.h) >= 768, `${entry.w}x${entry.h}`);
  assert.ok(bytes.length * 20 >= entry.w * entry.h * 3, `${bytes.length} bytes of ${entry.w}x${entry.h}`);
  assert.ok(!bytes.includes(PLACE) && !bytes.includes('Exif'));
  await untilRow(doctor, 'the photo', row => row.kind === 'photo' && row.here === '1');
  return entry;
}

test('the doctor asks, the patient takes it, the doctor looks: zoom, move, compare, size, time, hash', async () => {
  const { patient, doctor, consult } = await meet(server, { patient: patients, doctor: doctors });
  await ask(doctor, 'close');
  await until('the sheet with what to do', () =>
    patient.evaluate(() => document.querySelector('.photo-sheet .how')?.dataset.view === 'close'),
  );
  await screenshots(patient, 'patient-photo-asked');
  await sendPhoto(patient, await photoFile(patients, { seed: 1 }));
  await arrivedWhole(consult, doctor, 'close');
  await bothHear(patient, doctor);
  await screenshots(patient, 'patient-photo-sent');
  await ask(doctor, 'far');
  await sendPhoto(patient, await photoFile(patients, { seed: 7 }));
  const entry = await arrivedWhole(consult, doctor, 'far');
  assert.ok(entry.for, 'it says which request it answers');

  await doctor.setViewport({ width: 1280, height: 800 });
  await press(doctor, 'open-photo');
  const frame = '[data-testid="photo-frame"]';
  await doctor.focus(frame);
  await doctor.keyboard.press('+');
  await doctor.keyboard.press('+');
  await doctor.keyboard.press('ArrowRight');
  const looked = await doctor.$eval(frame, e => ({ zoom: Number(e.dataset.zoom), move: e.firstChild.style.transform }));
  assert.ok(looked.zoom > 1.6, JSON.stringify(looked));
  assert.match(looked.move, /translate\(-60px/);
  await press(doctor, 'compare');
  const hashes = await doctor.$$eval('.viewer .frame:not([hidden]) .hash', all => all.map(e => e.dataset.sha));
  assert.equal(hashes.length, 2);
  assert.ok(hashes.includes(entry.sha));
  await screenshots(doctor, 'doctor-photo-compare');
  await untilEntry(server, consult.doctorToken, 'seen', e => e.k === 'photo' && e.s === 'seen');
  await untilRow(patient, 'seen', row => row.kind === 'photo' && row.s === 'seen');
  await saved(doctor);
  noPageErrors(patient, doctor);
  await Promise.all([patient.close(), doctor.close()]);
});

/** The doctor saves the consultation: a ZIP with the photos in it comes, and the button is itself again. */
async function saved(doctor) {
  await doctor.keyboard.press('Escape');
  await doctor.evaluate(() => {
    window.__saved = [];
    let made; // the page's policy lets nobody fetch it by its address
    const create = URL.createObjectURL;
    URL.createObjectURL = blob => create.call(URL, (made = blob));
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      if (this.download) window.__saved.push([this.download, made]);
      else click.call(this);
    };
    if (document.querySelector('[data-testid="export"]').closest('.panel').hidden)
      document.querySelector('[data-testid="messages"]').click();
  });
  await press(doctor, 'export');
  const [name, size, head] = await until('the file to be there', () =>
    doctor.evaluate(async () => {
      const [file] = window.__saved;
      if (!file) return null;
      const bytes = new Uint8Array(await file[1].arrayBuffer());
      return [file[0], bytes.length, String.fromCharCode(...bytes.slice(0, 2))];
    }),
  );
  assert.match(name, /^consultation-[0-9a-z]+\.zip$/);
  assert.equal(head, 'PK');
  assert.ok(size > 100_000, `${size} bytes, with two photos`);
  assert.equal(await doctor.$eval('[data-testid="export"]', e => e.innerText.trim()), 'Save');
  await screenshots(doctor, 'doctor-export');
}

test('a photo that is blurred, dark or small is not sent without a word', async () => {
  const { patient, doctor } = await meet(server, { patient: patients, doctor: doctors });
  await press(patient, 'photo');
  const flaw = async (what, wishes) => {
    const input = await patient.$('[data-testid="photo-file"]');
    await input.uploadFile(await photoFile(patients, wishes));
    await until(
      `${what} to be found`,
      () => patient.evaluate(name => document.querySelector('.photo-sheet').dataset.flaw === name, what),
      { seconds: 60 },
    );
    await screenshots(patient, `patient-photo-${what}`);
    await press(patient, 'photo-again');
  };
  await flaw('blurred', { blur: 14 });
  await flaw('dark', { light: 0.15 });
  await flaw('small', { width: 640, height: 480 });
  noPageErrors(patient, doctor);
  await Promise.all([patient.close(), doctor.close()]);
});

test('no microphone and no camera: a photo by file, and messages are read', async () => {
  const poor = await chromium({ microphone: false });
  try {
    const consult = await server.consult({ patientName: 'Zainab', language: 'en' });
    const doctor = await doctors.open(consult.doctorUrl);
    const patient = await poor.open(consult.patientUrl);
    await untilState(patient, 'welcome');
    await press(patient, 'join');
    await until(
      'the way without',
      () =>
        patient.evaluate(
          () => document.querySelector('[data-testid="without-microphone"]')?.getClientRects().length > 0,
        ),
      { seconds: 60 },
    );
    await screenshots(patient, 'patient-without-microphone');
    await press(patient, 'without-microphone');
    await untilState(patient, 'waiting');
    await press(doctor, 'admit');
    await until('the call', async () => ['call', 'reconnecting'].includes(await state(patient)) || null);
    await ask(doctor, 'slip');
    await sendPhoto(patient, await photoFile(poor, { seed: 3 }));
    await arrivedWhole(consult, doctor, 'slip');
    await doctor.type('[data-testid="message-text"]', 'Take one in the evening');
    await press(doctor, 'send-message');
    await untilRow(patient, 'the message', row => row.kind === 'msg' && /one in the evening/.test(row.text));
    noPageErrors(patient, doctor);
    await doctor.close();
  } finally {
    await poor.remove();
  }
});

/** A call whose patient's socket passes a slow line that can be cut, with a photo on its way there. */
async function underWay(patientBrowser, view) {
  const cutter = await startCutter(server.http);
  const consult = await server.consult({ patientName: 'Zainab', language: 'en' });
  const doctor = await doctors.open(consult.doctorUrl);
  const patient = await patientBrowser.open(consult.patientUrl.replace(`:${server.http}`, `:${cutter.port}`), {
    watch: countSent,
  });
  await untilState(patient, 'welcome');
  await press(patient, 'join');
  await untilState(patient, 'waiting');
  await press(doctor, 'admit');
  await untilState(patient, 'call');
  await ask(doctor, view);
  const file = await photoFile(patients, { seed: 5 });
  cutter.slow(6_000);
  await sendPhoto(patient, file);
  await until('a part of it to be there', async () => (await sentOf(patient, 'photo'))?.acked > 0, { seconds: 60 });
  assert.ok((await sentBytes(patient)) < 90_000, 'it is still on its way');
  return { cutter, consult, doctor, patient };
}

test('an outage of 30 s in the middle: it goes on where it stopped', async t => {
  const { cutter, consult, doctor, patient } = await underWay(patients, 'middle');
  try {
    await cutter.cut();
    await screenshots(patient, 'patient-photo-outage');
    await pause(30_000);
    cutter.slow(Infinity);
    await cutter.mend();
    const { bytes } = await arrivedWhole(consult, doctor, 'middle');
    t.diagnostic(nothingForNothing(await sentOf(patient, 'photo'), bytes));
    await bothHear(patient, doctor);
    noPageErrors(patient, doctor);
    await Promise.all([patient.close(), doctor.close()]);
  } finally {
    await cutter.close();
  }
});

test('kill -9 of the server in the middle, and a start on the same data', async t => {
  const { cutter, consult, doctor, patient } = await underWay(patients, 'far');
  try {
    await server.kill();
    cutter.slow(Infinity);
    await server.restart();
    const { bytes } = await arrivedWhole(consult, doctor, 'far');
    t.diagnostic(nothingForNothing(await sentOf(patient, 'photo'), bytes));
    noPageErrors(patient, doctor);
    await Promise.all([patient.close(), doctor.close()]);
  } finally {
    await cutter.close();
  }
});

test('a reload in the middle: the file is kept in the browser, and goes on where it stopped', async t => {
  const { cutter, consult, doctor, patient } = await underWay(patients, 'close');
  try {
    const before = await sentOf(patient, 'photo');
    await patient.reload();
    cutter.slow(Infinity);
    await until('the call', async () => {
      if ((await state(patient)) === 'call') return true;
      await patient.evaluate(() => document.querySelector('[data-testid="join"]')?.click());
      return false;
    });
    const entry = await arrivedWhole(consult, doctor, 'close');
    const again = await sentOf(patient, 'photo');
    const from = again.went[0].off;
    t.diagnostic(`${JSON.stringify(before)}, after the reload from ${from}: ${again.sent} of ${entry.bytes}`);
    assert.ok(from >= before.acked, 'nothing is sent again that the server said it has');
    assert.ok(from > 0, 'not from the beginning');
    // One chunk beside what was in flight: more than is missing is not sent.
    assert.ok(again.sent <= entry.bytes - from + 400, `${again.sent} of ${entry.bytes - from} bytes`);
    await Promise.all([patient.close(), doctor.close()]);
  } finally {
    await cutter.close();
  }
});

test('Firefox as the patient', { skip: ownAddress() ? false : 'no address but loopback' }, async () => {
  const foxes = await firefox();
  try {
    const { patient, doctor, consult } = await meet(server, { patient: foxes, doctor: doctors });
    await ask(doctor, 'close');
    await sendPhoto(patient, await photoFile(patients, { seed: 11 }));
    await arrivedWhole(consult, doctor, 'close');
    await screenshots(patient, 'patient-photo-firefox');
    noPageErrors(patient, doctor);
    await doctor.close();
  } finally {
    await foxes.remove();
  }
});
