// Who cannot see, or has no pointer: what axe-core finds on every page, and the whole way with the keyboard.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { after, before, test } from 'node:test';
import { chromium, end, press, state, untilState } from './lib/browsers.mjs';
import { meet } from './lib/meeting.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const SERIOUS = ['serious', 'critical'];
const MOST_TABS = 40;

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

/** What axe-core calls serious or worse, one line each. */
async function findings(page, where) {
  const { violations } = await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ['violations'] })`);
  return violations
    .filter(each => SERIOUS.includes(each.impact))
    .flatMap(each =>
      each.nodes.map(
        node => `${where}: ${each.id}: ${node.html.slice(0, 150)} (${node.failureSummary.replace(/\s+/g, ' ')})`,
      ),
    );
}

for (const language of ['en', 'ur']) {
  test(`axe-core finds nothing serious on any page of a consultation in ${language}`, async () => {
    const consult = await server.consult({ patientName: 'Zainab', language });
    const found = [];
    const look = async (page, where) => found.push(...(await findings(page, where)));
    const { patient, doctor } = await meet(
      server,
      { patient: browser, doctor: doctors },
      {
        consult,
        onWelcome: page => look(page, 'patient, welcome'),
        onWaiting: async (page, console) => {
          await look(page, 'patient, waiting');
          await look(console, 'doctor, somebody waits');
        },
      },
    );
    await look(patient, 'patient, call');
    await look(doctor, 'doctor, call');
    const invitation = await doctors.open(`${consult.doctorUrl}/invite`);
    await look(invitation, 'invitation');
    await end(doctor);
    await untilState(patient, 'ended');
    await look(patient, 'patient, ended');
    await look(doctor, 'doctor, ended');
    assert.deepEqual(found, []);
    for (const page of [patient, doctor, invitation]) await page.close();
  });
}

/** Moves with the tab key until this control has the focus, which has to be seen. */
async function reach(page, testId) {
  const passed = [];
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const control = document.activeElement;
      const { outlineStyle, boxShadow } = getComputedStyle(control);
      return { id: control.dataset.testid, visible: outlineStyle !== 'none' || boxShadow !== 'none' };
    });
    passed.push(at.id);
    if (at.id === testId) {
      assert.ok(at.visible, `the focus on ${testId} is not to be seen`);
      return;
    }
  }
  assert.fail(`no way to ${testId} with the tab key: ${passed.join(', ')}`);
}

const enter = async (page, testId) => {
  await until(`${testId} to be offered`, () =>
    page.evaluate(id => {
      const control = document.querySelector(`[data-testid="${id}"]`);
      return Boolean(control && !control.disabled && control.getClientRects().length > 0);
    }, testId),
  );
  await page.bringToFront();
  await reach(page, testId);
  await page.keyboard.press('Enter');
};

test('the whole way with the keyboard: in, mute, out, and back in', async () => {
  const consult = await server.consult({ patientName: 'Zainab', language: 'en' });
  const patient = await browser.open(consult.patientUrl);
  const doctor = await doctors.open(consult.doctorUrl);
  await untilState(patient, 'welcome');
  await enter(patient, 'join');
  await untilState(patient, 'waiting');
  await enter(doctor, 'admit');
  await untilState(patient, 'call');
  const label = () => patient.evaluate(() => document.querySelector('[data-testid="mute"]').innerText);
  const mute = await label();
  await enter(patient, 'mute');
  await until('to be muted', async () => (await label()) !== mute);
  await patient.keyboard.press('Enter');
  await until('to be heard again', async () => (await label()) === mute);
  await enter(patient, 'leave');
  await until('the call to be left', async () => (await state(patient)) !== 'call' || null);
  await press(doctor, 'end');
  await patient.close();
  await doctor.close();
});
