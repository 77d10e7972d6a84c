// Two people in two real browsers: they see and hear each other, and every control does what it says.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { screenshots } from './lib/artifacts.mjs';
import { chromium, end, offers, press, state, stats, untilGrown, untilState } from './lib/browsers.mjs';
import { bothHear, hears, meet, noPageErrors, sees, untilRungs } from './lib/meeting.mjs';
import { startServer } from './lib/server.mjs';
import { beepFile } from './lib/sound.mjs';
import { until } from './lib/wait.mjs';

const patientHz = 440;
const doctorHz = 1320;
let server, patients, doctors;

before(async () => {
  server = await startServer();
  patients = await chromium({ sound: beepFile(patientHz) });
  doctors = await chromium({ sound: beepFile(doctorHz) });
});
after(async () => {
  await patients?.remove();
  await doctors?.remove();
  await server?.remove();
});

test('the links that serve --demo prints lead into a call', async () => {
  const consult = { doctorUrl: server.doctorUrl, patientUrl: server.patientUrl };
  const { patient, doctor } = await meet(server, { patient: patients, doctor: doctors }, { consult });
  await bothHear(patient, doctor);
  await Promise.all([patient.close(), doctor.close()]);
});

test('Chromium and Chromium: voice and picture both ways, and every control', async t => {
  const { patient, doctor, consult } = await meet(
    server,
    { patient: patients, doctor: doctors },
    {
      onWelcome: async (page, console_) => {
        await screenshots(page, 'patient-welcome');
        await screenshots(console_, 'doctor-nobody-waits');
      },
      onWaiting: async (page, console_) => {
        await until('the console to offer to admit', () => offers(console_, 'admit'));
        await screenshots(page, 'patient-waiting');
        await screenshots(console_, 'doctor-patient-waits');
      },
    },
  );

  await t.test('they hear each other', async () => {
    await bothHear(patient, doctor);
    await hears(doctor, patientHz);
    await hears(patient, doctorHz);
  });

  await t.test('they see each other, on rung video', async () => {
    await untilRungs(patient, { up: 'video', down: 'video' });
    await untilRungs(doctor, { up: 'video', down: 'video' });
    await sees(patient, 'the patient');
    await sees(doctor, 'the doctor');
    await screenshots(patient, 'patient-call');
    await screenshots(doctor, 'doctor-call');
    const seen = await server.consultState(consult.id);
    assert.equal(seen.state, 'call');
    assert.equal(seen.directions['patient>doctor'].rung, 'video');
  });

  await t.test('mute silences the patient, and only the patient', async () => {
    await press(patient, 'mute');
    // The beep comes every second: silence is two seconds of played sound without energy.
    await until("silence at the doctor's", async () => {
      const { audioEnergy } = await stats(doctor);
      await untilGrown(patient, { audioSamples: 2 * 48_000 });
      return (await stats(doctor)).audioEnergy - audioEnergy < 1e-4;
    });
    await hears(patient, doctorHz);
    await screenshots(patient, 'patient-muted');
    await press(patient, 'mute');
    await hears(doctor, patientHz);
  });

  await t.test('camera off and on changes the rung and the picture', async () => {
    await press(patient, 'camera');
    await untilRungs(patient, { up: 'voice' });
    await untilRungs(doctor, { down: 'voice' });
    await screenshots(doctor, 'doctor-call-without-picture');
    await screenshots(patient, 'patient-camera-off');
    await press(patient, 'camera');
    await untilRungs(patient, { up: 'video' });
    await untilRungs(doctor, { down: 'video' });
    await sees(doctor, 'the doctor');
  });

  await t.test('leave, and come back', async () => {
    await press(patient, 'leave');
    await until('the patient to be away', async () => (await state(patient)) !== 'call' || null);
    await untilState(doctor, 'reconnecting');
    await screenshots(patient, 'patient-left');
    await screenshots(doctor, 'doctor-patient-left');
    await press(patient, 'join');
    await untilState(patient, 'call');
    await untilState(doctor, 'call');
    await bothHear(patient, doctor);
  });

  await t.test('end closes the consultation for both', async () => {
    await end(doctor);
    await untilState(doctor, 'ended');
    await untilState(patient, 'ended');
    await screenshots(patient, 'patient-ended');
    await screenshots(doctor, 'doctor-ended');
    assert.equal((await server.consultState(consult.id)).state, 'ended');
  });
  noPageErrors(patient, doctor);
  await Promise.all([patient.close(), doctor.close()]);
});

test('voice only: no picture is asked for and none is sent', async () => {
  const { patient, doctor } = await meet(server, { patient: patients, doctor: doctors }, { voiceOnly: true });
  await untilRungs(patient, { up: 'voice', down: 'voice' });
  await bothHear(patient, doctor);
  await screenshots(patient, 'patient-voice-only');
  const before = await stats(patient);
  await bothHear(patient, doctor);
  const now = await stats(patient);
  assert.equal(now.videoPackets, before.videoPackets);
  assert.equal(now.videoSent, before.videoSent);
  noPageErrors(patient, doctor);
  await Promise.all([patient.close(), doctor.close()]);
});
