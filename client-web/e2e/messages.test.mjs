// Messages, recorded words, and the ways of talking when live voice is not to be had.
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
  rows,
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

async function write(page, text) {
  if (await page.evaluate(() => document.querySelector('[data-testid="message-text"]').closest('.panel').hidden)) {
    await press(page, 'messages');
  }
  await page.focus('[data-testid="message-text"]');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** Press, speak for so long, press again. */
async function speak(page, seconds) {
  await press(page, 'note');
  await until('the page to record', () =>
    page.evaluate(() => document.querySelector('.recording.on')?.hidden === false),
  );
  await pause(seconds * 1000);
  await press(page, 'note');
}

const delivered = (consult, by, options) =>
  untilEntry(
    server,
    consult.doctorToken,
    `note of the ${by}`,
    e => e.k === 'note' && e.by === by && ['delivered', 'seen'].includes(e.s),
    options,
  );

test('messages and recorded words both ways, one time line, and all of it again after a reload', async t => {
  const { patient, doctor, consult } = await meet(server, { patient: patients, doctor: doctors });
  await until('the sheet', () => doctor.$('[data-testid="messages"]'));
  await until('the sheet', () => patient.$('[data-testid="messages"]'));

  await t.test('a message arrives, is seen, and is answered', async () => {
    await write(doctor, 'Where does it hurt?');
    await untilRow(patient, 'the question', row => row.kind === 'msg' && !row.mine && /hurt/.test(row.text));
    await untilRow(doctor, 'seen', row => row.mine && row.s === 'seen');
    await write(patient, 'بائیں گھٹنے میں <b>یہاں</b>');
    await untilRow(doctor, 'the answer, as it was written', row => !row.mine && row.text.includes('<b>'));
    await screenshots(patient, 'patient-messages');
    await screenshots(doctor, 'doctor-messages');
  });

  await t.test('recorded words are small, are heard at once, and the call goes on', async () => {
    await speak(patient, 3);
    const entry = await delivered(consult, 'patient');
    const { type, bytes } = await item(server, consult.doctorToken, entry.id);
    assert.match(type, /^audio\/(webm|ogg)$/);
    assert.equal(sha(bytes), entry.sha);
    const kbps = (bytes.length * 8) / entry.ms;
    t.diagnostic(`${bytes.length} bytes for ${entry.ms} ms: ${kbps.toFixed(1)} kbit/s`);
    assert.ok(kbps < 20, `${kbps} kbit/s`);
    await untilEntry(server, consult.doctorToken, 'heard', e => e.id === entry.id && e.s === 'seen');
    await speak(doctor, 2);
    await delivered(consult, 'doctor');
    await bothHear(patient, doctor);
    await screenshots(patient, 'patient-note');
  });

  await t.test('both pages are loaded again', async () => {
    const before = (await rows(patient)).length;
    await Promise.all([patient.reload(), doctor.reload()]);
    for (const page of [patient, doctor]) {
      await until('the sheet', async () => {
        if (await page.$('[data-testid="messages"]')) return true;
        await page.evaluate(() => document.querySelector('[data-testid="join"]')?.click());
        return false;
      });
      await press(page, 'messages');
      await untilRow(page, 'the question', row => /hurt/.test(row.text));
      await untilRow(page, 'a note that can be played', row => row.kind === 'note' && !row.mine && row.here === '1');
      assert.equal((await rows(page)).length, before);
    }
    await screenshots(doctor, 'doctor-messages-again');
  });
  noPageErrors(patient, doctor);
  await Promise.all([patient.close(), doctor.close()]);
});

test('words that are recorded in an outage of 30 s, and what is written then, arrive after it', async t => {
  const cutter = await startCutter(server.http);
  try {
    const { patient, doctor, consult } = await meet(
      server,
      { patient: patients, doctor: doctors },
      { via: url => url.replace(`:${server.http}`, `:${cutter.port}`) },
    );
    await until('the sheet', () => patient.$('[data-testid="messages"]'));
    await cutter.cut();
    await speak(patient, 2);
    await write(patient, 'written without a line');
    await untilRow(patient, 'both wait', row => row.kind === 'msg' && row.s === 'waiting');
    await screenshots(patient, 'patient-messages-outage');
    await pause(30_000);
    await cutter.mend();
    const begin = performance.now();
    await delivered(consult, 'patient', { seconds: 60 });
    await untilRow(
      patient,
      'the words to be there',
      row => row.kind === 'msg' && ['sent', 'delivered', 'seen'].includes(row.s),
      { seconds: 60 },
    );
    t.diagnostic(`${(performance.now() - begin).toFixed(0)} ms after the line was back`);
    noPageErrors(patient, doctor);
    await Promise.all([patient.close(), doctor.close()]);
  } finally {
    await cutter.close();
  }
});

test('kill -9 of the server in the middle of recorded words', async t => {
  const cutter = await startCutter(server.http);
  try {
    const consult = await server.consult({ patientName: 'Zainab', language: 'en' });
    const doctor = await doctors.open(consult.doctorUrl);
    const patient = await patients.open(consult.patientUrl.replace(`:${server.http}`, `:${cutter.port}`), {
      watch: countSent,
    });
    await untilState(patient, 'welcome');
    await press(patient, 'join');
    await untilState(patient, 'waiting');
    await press(doctor, 'admit');
    await untilState(patient, 'call');
    await until('the sheet', () => patient.$('[data-testid="messages"]'));
    cutter.slow(400);
    await speak(patient, 6);
    await until('a part of them to be there', async () => (await sentBytes(patient)) > 2_000, { seconds: 60 });
    await server.kill();
    cutter.slow(Infinity);
    await server.restart();
    const entry = await delivered(consult, 'patient', { seconds: 90 });
    t.diagnostic(nothingForNothing(await sentOf(patient, 'note'), entry.bytes));
    noPageErrors(patient, doctor);
    await Promise.all([patient.close(), doctor.close()]);
  } finally {
    await cutter.close();
  }
});

test('Firefox: messages and recorded words', { skip: ownAddress() ? false : 'no address but loopback' }, async () => {
  const foxes = await firefox();
  try {
    const { patient, doctor, consult } = await meet(server, { patient: foxes, doctor: doctors });
    await until('the sheet', () => patient.$('[data-testid="messages"]'));
    await speak(patient, 2);
    const entry = await delivered(consult, 'patient');
    assert.match(entry.type, /^audio\/(webm|ogg)$/);
    await write(patient, 'from Firefox');
    await untilRow(doctor, 'the message', row => row.kind === 'msg' && /from Firefox/.test(row.text));
    await speak(doctor, 2);
    await untilRow(patient, "the doctor's note", row => row.kind === 'note' && !row.mine && row.here === '1');
    await screenshots(patient, 'patient-messages-firefox');
    noPageErrors(patient, doctor);
    await doctor.close();
  } finally {
    await foxes.remove();
  }
});

async function turnsThenNotes(patients) {
  const { patient, doctor } = await meet(server, { patient: patients, doctor: doctors });
  await until('the sheet', () => patient.$('[data-testid="messages"]'));
  await bothHear(patient, doctor);
  const pin = rung => doctor.select('[data-testid="pin-rung"]', rung);
  const sends = page =>
    page.evaluate(
      () =>
        window.raabta
          .pc()
          .getSenders()
          .find(s => s.track?.kind === 'audio') !== undefined,
    );

  await pin('push-to-talk');
  await until('the button', () =>
    patient.evaluate(() => document.querySelector('[data-testid="talk"]')?.getClientRects().length > 0),
  );
  assert.equal(await sends(patient), false);
  await screenshots(patient, 'patient-push-to-talk');
  await patient.focus('[data-testid="talk"]');
  await patient.keyboard.down(' ');
  await until('the floor', () => patient.evaluate(() => document.querySelector('.talk-box').dataset.floor === 'you'));
  await until('the voice to go out', () => sends(patient));
  await until('the other to be told', () =>
    doctor.evaluate(() => document.querySelector('.talk-box').dataset.floor === 'other'),
  );
  await screenshots(patient, 'patient-push-to-talk-you');
  await screenshots(doctor, 'doctor-push-to-talk-other');
  await patient.keyboard.up(' ');
  await until('the floor to be free', () =>
    patient.evaluate(() => document.querySelector('.talk-box').dataset.floor === 'free'),
  );
  assert.equal(await sends(patient), false);

  await pin('notes');
  await until('the sentence', () =>
    patient.evaluate(() => /record what you say/.test(document.querySelector('.mode').innerText)),
  );
  await screenshots(patient, 'patient-notes');
  await screenshots(doctor, 'doctor-notes');
  await speak(patient, 2);
  await untilRow(doctor, 'the note', row => row.kind === 'note' && row.here === '1');

  await pin('');
  await until('live voice', async () => (await sends(patient)) || null, { seconds: 60 });
  await until('the sentence', () =>
    patient.evaluate(() => /you can talk/.test(document.querySelector('.mode').innerText)),
  );
  assert.equal(await state(patient), 'call');
  noPageErrors(patient, doctor);
  await Promise.all([patient.close(), doctor.close()]);
}

async function stillsBetweenVideo(patients, t) {
  const { patient, doctor } = await meet(server, { patient: patients, doctor: doctors });
  const pin = rung => doctor.select('[data-testid="pin-rung"]', rung);
  await until('video', () => doctor.evaluate(() => document.documentElement.dataset.rungDown.endsWith('video')));
  await until('the sheet', () => doctor.$('[data-testid="messages"]'));
  await until('the first picture', () =>
    doctor.evaluate(() => {
      const video = document.getElementById('remote');
      return !video.hidden && video.videoWidth > 2 && video.readyState >= 2;
    }),
  );
  // What stands on the stage, looked at with every frame of the screen.
  await doctor.evaluate(() => {
    window.__black = [];
    const canvas = Object.assign(document.createElement('canvas'), { width: 16, height: 12 });
    const g = canvas.getContext('2d', { willReadFrequently: true });
    const look = () => {
      const [video, still] = [document.getElementById('remote'), document.querySelector('canvas.still')];
      const shown = still && !still.hidden ? still : video.hidden ? null : video;
      let light = -1;
      if (shown && (shown.videoWidth ?? shown.width) > 2) {
        g.drawImage(shown, 0, 0, 16, 12);
        light = Math.max(...g.getImageData(0, 0, 16, 12).data.filter((_, i) => i % 4 < 3));
      }
      if (light < 20) window.__black.push([Math.round(performance.now()), shown?.tagName, light]);
      requestAnimationFrame(look);
    };
    look();
  });
  await doctor.bringToFront();
  await pin('stills');
  await until('a still', () => doctor.evaluate(() => Boolean(document.querySelector('canvas.still')?.dataset.taken)), {
    seconds: 80,
  });
  const taken = () => doctor.evaluate(() => Number(document.querySelector('canvas.still').dataset.taken));
  const first = await taken();
  await until('a newer one', async () => (await taken()) > first, { seconds: 40 });
  assert.match(await doctor.evaluate(() => document.querySelector('.still-age').innerText), /not for diagnosis/);
  await screenshots(doctor, 'doctor-stills');
  await screenshots(patient, 'patient-stills');
  await pin('');
  await until('video', () => doctor.evaluate(() => document.documentElement.dataset.rungDown.endsWith('video')), {
    seconds: 60,
  });
  await until('the still to give way', () => doctor.evaluate(() => document.querySelector('canvas.still').hidden), {
    seconds: 60,
  });
  const black = await doctor.evaluate(() => window.__black);
  t.diagnostic(`${black.length} dark looks`);
  assert.deepEqual(black, []);
  noPageErrors(patient, doctor);
  await Promise.all([patient.close(), doctor.close()]);
}

const turns = 'push-to-talk: who holds the button is heard, and notes: nobody is heard live';
const stills = 'stills: video, still pictures, video, and never a black one in between';
test(turns, () => turnsThenNotes(patients));
test(stills, t => stillsBetweenVideo(patients, t));

for (const [what, act] of Object.entries({ [turns]: turnsThenNotes, [stills]: stillsBetweenVideo })) {
  test(`Firefox: ${what}`, { skip: ownAddress() ? false : 'no address but loopback' }, async t => {
    const foxes = await firefox();
    try {
      await act(foxes, t);
    } finally {
      await foxes.remove();
    }
  });
}
