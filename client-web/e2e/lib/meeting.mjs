// A consultation between two open pages, and what "they see and hear each other" means.
import assert from 'node:assert/strict';
import { press, rungs, stats, untilGrown, untilState } from './browsers.mjs';
import { patienceSeconds as seconds, until } from './wait.mjs';

/** Opens both links, joins, admits; ends with both pages in the call. `via` changes a link before it is opened. */
export async function meet(
  server,
  { patient: patientBrowser, doctor: doctorBrowser },
  { voiceOnly = false, via = url => url, onWaiting = async () => {}, onWelcome = async () => {}, consult } = {},
) {
  consult ??= await server.consult({ patientName: 'Zainab', language: 'en' });
  const doctor = await doctorBrowser.open(via(consult.doctorUrl));
  const patient = await patientBrowser.open(via(consult.patientUrl));
  await untilState(patient, 'welcome');
  await onWelcome(patient, doctor);
  await press(patient, voiceOnly ? 'voice-only' : 'join');
  await untilState(patient, 'waiting');
  await onWaiting(patient, doctor);
  await press(doctor, 'admit');
  await untilState(patient, 'call');
  await untilState(doctor, 'call');
  return { consult, patient, doctor };
}

/**
 * A page that a busy machine starves looks like a link that does not carry, and the ladder then falls. From the thinnest voice
 * back to pictures is four rungs of ten seconds and their proofs, and longer after a climb that failed.
 */
const pictureSeconds = 180;

/** Packets arrive and are played, on both sides. */
export async function bothHear(patient, doctor) {
  const growth = { audioPackets: 50, audioSamples: 48_000 };
  await Promise.all([
    untilGrown(patient, growth, { seconds, who: 'the patient' }),
    untilGrown(doctor, growth, { seconds, who: 'the doctor' }),
  ]);
  for (const [who, page] of Object.entries({ patient, doctor })) {
    await until(`the ${who}'s page to play the other's voice`, () => page.evaluate(() => window.__probe.playsVoice()));
  }
}

/** The loudest thing in what this page receives is a tone of this frequency. */
export async function hears(page, hz, { within = seconds } = {}) {
  await until(
    `a tone of ${hz} Hz in what the page hears`,
    async () => {
      const tone = await page.evaluate(() => window.__probe.tone());
      if (tone && Math.abs(tone.hz - hz) < 12 && tone.db > -60) return tone;
      throw new Error(JSON.stringify(tone));
    },
    { seconds: within },
  );
}

/** Sound with energy in it is decoded and played: for Firefox, whose analysers stand still without a sound card. */
export async function hearsEnergy(page, who) {
  await untilGrown(page, { audioEnergy: 0.02 }, { seconds, who });
}

/** Frames are decoded and the page's own element shows something that is not one flat colour. */
export async function sees(page, who) {
  await untilGrown(page, { framesDecoded: 10 }, { seconds: pictureSeconds, who });
  // Firefox's own test picture is nearly one colour.
  await until(`${who} to see a picture that is not black`, async () => {
    const picture = await page.evaluate(() => window.__probe.picture());
    if (picture && picture.mean > 5 && picture.deviation > 1) return picture;
    throw new Error(JSON.stringify(picture));
  });
}

export async function untilRungs(page, wanted, options = { seconds: pictureSeconds }) {
  await until(
    `rungs ${JSON.stringify(wanted)}`,
    async () => {
      const seen = await rungs(page);
      if (Object.entries(wanted).every(([way, rung]) => seen[way] === rung)) return true;
      throw new Error(JSON.stringify(seen));
    },
    options,
  );
}

/** Asserts that the page threw no error of its own. */
export function noPageErrors(...pages) {
  for (const page of pages) assert.deepEqual(page.errors, []);
}

export { stats };
