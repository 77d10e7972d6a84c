import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { judge, PICTURE_KBPS, THIN_KBPS, VOICE_KBPS, type Measured } from '../src/try/verdict';

const fine: Measured = { browser: true, microphone: 'heard', downKbps: 400, upKbps: 120 };

test('the marks are where the ladder enters its rungs', () => {
  const profile = readFileSync(
    '../bandwidth-adapter/src/main/resources/org/raabta/adapter/profile/default.profile',
    'utf8',
  );
  const enter = (rung: string): number =>
    Number(new RegExp(`^rung\\.${rung}\\.enter = (\\d+) kbps`, 'm').exec(profile)?.[1]);
  assert.deepEqual([PICTURE_KBPS, VOICE_KBPS, THIN_KBPS], ['slow-video', 'voice', 'thin-voice'].map(enter));
});

test('the thinner way decides, and what is worst is said first', () => {
  assert.equal(judge(fine).verdict, 'try-picture');
  assert.equal(judge({ ...fine, upKbps: 89 }).verdict, 'try-voice');
  assert.equal(judge({ ...fine, downKbps: 24 }).verdict, 'try-thin');
  assert.equal(judge({ ...fine, upKbps: 10 }).verdict, 'try-notes');
  assert.equal(judge({ ...fine, microphone: 'silent' }).verdict, 'try-silent');
  assert.equal(judge({ ...fine, microphone: 'denied', upKbps: 10 }).verdict, 'try-denied');
  assert.equal(judge({ ...fine, browser: false, microphone: 'denied' }).verdict, 'try-browser');
  assert.equal(judge({ ...fine, browser: false, downKbps: undefined, upKbps: undefined }).verdict, 'try-offline');
});

test('each mark for itself', () => {
  assert.deepEqual(judge({ ...fine, upKbps: 30 }), {
    verdict: 'try-voice',
    microphone: 'yes',
    voice: 'yes',
    picture: 'partly',
    photo: 'yes',
  });
  assert.deepEqual(judge({ browser: false, microphone: 'denied', downKbps: 20, upKbps: 12 }), {
    verdict: 'try-browser',
    microphone: 'no',
    voice: 'no',
    picture: 'no',
    photo: 'yes',
  });
  assert.equal(judge({ ...fine, downKbps: 20, upKbps: 12 }).voice, 'partly');
});
