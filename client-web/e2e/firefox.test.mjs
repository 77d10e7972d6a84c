// Firefox ESR on either side of a call.
//
// Firefox pairs a loopback address with loopback addresses only, and offers none of its own: the relay has to be told
// under an address of this machine that is not loopback. Nothing leaves the machine for that.
import { after, before, test } from 'node:test';
import { screenshots } from './lib/artifacts.mjs';
import { chromium, end, firefox, untilState } from './lib/browsers.mjs';
import { bothHear, hearsEnergy, meet, noPageErrors, sees } from './lib/meeting.mjs';
import { ownAddress } from './lib/ports.mjs';
import { startServer } from './lib/server.mjs';
import { beepFile } from './lib/sound.mjs';

const mediaHost = ownAddress();
const options = { skip: mediaHost ? false : 'this machine has no address but loopback, which Firefox does not use' };
let server;

before(async () => {
  if (mediaHost) server = await startServer({ mediaHost });
});
after(() => server?.remove());

test('Chromium and Firefox ESR: the doctor uses Firefox', options, async () => {
  const foxes = await firefox();
  const patients = await chromium({ sound: beepFile(440) });
  try {
    const { patient, doctor } = await meet(server, { patient: patients, doctor: foxes });
    await bothHear(patient, doctor);
    await hearsEnergy(doctor, 'the doctor in Firefox');
    await hearsEnergy(patient, 'the patient');
    await sees(patient, 'the patient');
    await sees(doctor, 'the doctor in Firefox');
    await screenshots(doctor, 'doctor-call-firefox');
    await end(doctor);
    await untilState(patient, 'ended');
    noPageErrors(patient, doctor);
  } finally {
    await patients.remove();
    await foxes.remove();
  }
});

test('Firefox ESR as the patient', options, async () => {
  const foxes = await firefox();
  const doctors = await chromium({ sound: beepFile(1320) });
  try {
    const { patient, doctor } = await meet(server, { patient: foxes, doctor: doctors });
    await bothHear(patient, doctor);
    await hearsEnergy(patient, 'the patient in Firefox');
    await hearsEnergy(doctor, 'the doctor');
    await sees(patient, 'the patient in Firefox');
    await sees(doctor, 'the doctor');
    await screenshots(patient, 'patient-call-firefox');
    noPageErrors(patient, doctor);
  } finally {
    await doctors.remove();
    await foxes.remove();
  }
});
