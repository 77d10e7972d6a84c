// Things that break in the middle of a call and how people come back: a dead browser, a lost socket, a dead server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { screenshots } from './lib/artifacts.mjs';
import { chromium, offers, press, state, stats, untilGrown, untilState } from './lib/browsers.mjs';
import { startCutter } from './lib/cutter.mjs';
import { bothHear, hears, meet, noPageErrors } from './lib/meeting.mjs';
import { startServer } from './lib/server.mjs';
import { beepFile } from './lib/sound.mjs';
import { until } from './lib/wait.mjs';

const patientHz = 440;
const doctorHz = 1320;
let server, doctors;

before(async () => {
  server = await startServer();
  doctors = await chromium({ sound: beepFile(doctorHz) });
});
after(async () => {
  await doctors?.remove();
  await server?.remove();
});

/** Into the call with one tap, or with none if the page is quicker. */
async function enter(patient) {
  let tapped = false;
  await until('the call', async () => {
    if ((await state(patient)) === 'call') return true;
    if (!tapped && (await offers(patient, 'join'))) {
      tapped = true;
      await patient.evaluate(() => document.querySelector('[data-testid="join"]')?.click());
    }
    return false;
  });
}

test("kill -9 of the patient's browser, and the same link again", async t => {
  const sound = beepFile(patientHz);
  let patients = await chromium({ sound });
  const { doctor, consult } = await meet(server, { patient: patients, doctor: doctors });

  await t.test('in the same browser, with one tap at most', async t => {
    await patients.kill();
    patients = await chromium({ sound, profile: patients.profile });
    const patient = await patients.open(consult.patientUrl);
    // By itself where the browser had written to disk that the person had joined, or still grants the microphone.
    const alone = await untilState(patient, 'call', { seconds: 8 }).then(
      () => true,
      () => false,
    );
    t.diagnostic(alone ? 'it joined by itself' : 'it took one tap');
    if (!alone) await enter(patient);
    await untilState(doctor, 'call');
    await bothHear(patient, doctor);
    await hears(doctor, patientHz);
  });

  await t.test('in another browser it takes one tap', async () => {
    await patients.kill();
    const others = await chromium({ sound });
    try {
      const patient = await others.open(consult.patientUrl);
      await enter(patient);
      await untilState(doctor, 'call');
      await bothHear(patient, doctor);
    } finally {
      await others.remove();
    }
  });
  await patients.remove();
  await doctor.close();
});

test('the control socket is cut for 10 s: media never stops', async () => {
  const cutter = await startCutter(server.http);
  const via = url => url.replace(`:${server.http}`, `:${cutter.port}`);
  const patients = await chromium({ sound: beepFile(patientHz) });
  try {
    const { patient, doctor } = await meet(server, { patient: patients, doctor: doctors }, { via });
    await bothHear(patient, doctor);
    const { peers } = await stats(patient);
    assert.ok(cutter.open() > 0, "the pages' sockets pass the cutter");
    await cutter.cut();
    // Ten seconds of played sound while nothing of the control socket passes; no second of it without new packets,
    // of which the thinnest voice has two and a half in a pause.
    for (let second = 0; second < 10; second++) {
      await Promise.all([
        untilGrown(
          patient,
          { audioPackets: 2, audioSamples: 48_000 },
          { seconds: 5, who: `patient, second ${second}` },
        ),
        untilGrown(doctor, { audioPackets: 2, audioSamples: 48_000 }, { seconds: 5, who: `doctor, second ${second}` }),
      ]);
    }
    assert.equal(cutter.open(), 0);
    await screenshots(patient, 'patient-socket-lost');
    await cutter.mend();
    await until('both pages to come back to the server', () => cutter.open() >= 2 || null);
    await untilState(patient, 'call');
    await untilState(doctor, 'call');
    assert.equal((await stats(patient)).peers, peers, 'the transport was never made anew');
    await press(doctor, 'mute'); // the controls work again
    await press(patient, 'leave');
    await untilState(doctor, 'reconnecting');
    noPageErrors(patient, doctor);
    await doctor.close();
  } finally {
    await patients.remove();
    await cutter.close();
  }
});

test('kill -9 of the server and a start on the same data: both pages are back in the call by themselves', async t => {
  const patients = await chromium({ sound: beepFile(patientHz) });
  try {
    const { patient, doctor, consult } = await meet(server, { patient: patients, doctor: doctors });
    await bothHear(patient, doctor);
    await server.kill();
    await until("the patient's page to notice", async () => (await state(patient)) === 'reconnecting' || null, {
      seconds: 90,
    });
    await screenshots(patient, 'patient-reconnecting');
    await screenshots(doctor, 'doctor-reconnecting');
    await server.restart();
    const begin = performance.now();
    await untilState(patient, 'call', { seconds: 120 });
    await untilState(doctor, 'call', { seconds: 120 });
    t.diagnostic(`both pages in the call ${(performance.now() - begin).toFixed(0)} ms after the server was ready`);
    await bothHear(patient, doctor);
    await hears(doctor, patientHz);
    await hears(patient, doctorHz);
    assert.equal((await server.consultState(consult.id)).state, 'call');
    noPageErrors(patient, doctor);
    await doctor.close();
  } finally {
    await patients.remove();
  }
});

test('SIGTERM: pages are told, the server ends within its bound, and comes back', async t => {
  const patients = await chromium({ sound: beepFile(patientHz) });
  try {
    const { patient, doctor } = await meet(server, { patient: patients, doctor: doctors });
    await bothHear(patient, doctor);
    const tookMs = await server.stop();
    t.diagnostic(`ended after ${tookMs.toFixed(0)} ms`);
    assert.ok(tookMs < 15_000);
    await server.restart();
    await untilState(patient, 'call', { seconds: 120 });
    await untilState(doctor, 'call', { seconds: 120 });
    await bothHear(patient, doctor);
    await doctor.close();
  } finally {
    await patients.remove();
  }
});

test('a second page on the same link takes over, and the first one says so', async () => {
  const patients = await chromium({ sound: beepFile(patientHz) });
  try {
    const { patient: first, doctor, consult } = await meet(server, { patient: patients, doctor: doctors });
    await bothHear(first, doctor);
    const second = await patients.open(consult.patientUrl);
    // It may join by itself meanwhile, as the microphone is granted.
    if ((await state(second)) === 'welcome') await press(second, 'join', { seconds: 5 }).catch(() => {});
    await untilState(second, 'call');
    await untilState(first, 'error');
    assert.match(await first.evaluate(() => document.body.innerText), /another page/i);
    await screenshots(first, 'patient-replaced');
    await bothHear(second, doctor);
    assert.equal(await state(first), 'error', 'it stays replaced');
    noPageErrors(first, second, doctor);
    await doctor.close();
  } finally {
    await patients.remove();
  }
});
