// Takes a picture of every state of both pages, on a small phone and a desktop, in English and Urdu:
//   node dev/states.mjs [OUT]          into target/states by default; CHROMIUM names another browser
import { mkdir } from 'node:fs/promises';
import puppeteer from 'puppeteer-core';
import { startMock, TOKENS } from './mock.mjs';

const out = process.argv[2] ?? 'target/states';
const VIEWPORTS = { phone: { width: 360, height: 640 }, desktop: { width: 1366, height: 768 } };
const DOCTOR = { id: 'd', role: 'doctor', connected: true, socket: true, camera: true };
const PATIENT = { id: 'p', role: 'patient', connected: true, socket: true, camera: true };
const RUNG = { t: 'rung', up: 'video', upReason: 'unconstrained', down: 'video', downReason: 'unconstrained' };
const FIGURES = { id: 'p', rttMs: 1310, upKbps: 17.5, downKbps: 14.1, lossUp: 0.012, lossDown: 0 };
const OWN = {
  id: 'd-mock',
  rttMs: 60,
  upKbps: 20.3,
  downKbps: 18.1,
  upEst: 900,
  downEst: 2100,
  lossUp: 0,
  lossDown: 0,
};

/** Two minutes of a line that falls and comes back, told as the server tells it, by a clock that runs ahead. */
async function twoMinutes(page, mock) {
  const dirs = [
    { from: 'patient', to: 'doctor', rung: 'voice', reason: 'uplink-thin', kbps: 18.2, nextKbps: 32 },
    { from: 'doctor', to: 'patient', rung: 'low-video', reason: 'held-after-failed-climb', kbps: 130, nextKbps: 270 },
  ];
  await page.evaluate(() => {
    const now = Date.now;
    window.behindMs = 120_000;
    Date.now = () => now() - window.behindMs;
  });
  for (let i = 0; i <= 60; i++) {
    const fall = i > 25 && i < 45;
    const up = fall ? 12 + (i % 3) : 25 + 6 * Math.sin(i / 5);
    const down = fall ? 60 : 180 + 20 * Math.sin(i / 4);
    const told = await page.evaluate(
      () => (window.behindMs -= 2000) && document.querySelector('#p-up path').getAttribute('d'),
    );
    mock.send('doctor', {
      t: 'link',
      legs: [
        { ...FIGURES, upEst: up, upKbps: Math.min(up, 18) - (i % 2), downEst: down, downKbps: down * 0.8 },
        { ...OWN, upEst: 900 + 20 * (i % 5), upKbps: down * 0.8 },
      ],
      dirs,
    });
    await page.waitForFunction(d => document.querySelector('#p-up path').getAttribute('d') !== d, {}, told);
  }
}
const pause = ms => new Promise(done => setTimeout(done, ms));

/** A moving picture of nobody, where the other person's would be. */
function fakePicture() {
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
  const g = canvas.getContext('2d');
  const draw = () => {
    g.fillStyle = '#8fb3c9';
    g.fillRect(0, 0, 320, 240);
    g.fillStyle = '#fff';
    g.fillRect(85, 170, 150, 70);
    g.fillStyle = '#d9a679';
    g.beginPath();
    g.ellipse(160, 110, 52, 64, 0, 0, 7);
    g.fill();
    requestAnimationFrame(draw);
  };
  draw();
  const remote = document.getElementById('remote');
  remote.srcObject = canvas.captureStream(10);
  return remote.play();
}

/** What a page does before anything else: its language, and a microphone that behaves as the state needs. */
function preparation(lang, trouble) {
  const speak = `Object.defineProperty(navigator, 'languages', { get: () => ['${lang}'] });`;
  if (!trouble) return speak;
  if (trouble === 'no-webrtc') return `${speak} delete window.RTCPeerConnection;`;
  if (trouble === 'never') return `${speak} navigator.mediaDevices.getUserMedia = () => new Promise(() => {});`;
  return `${speak} navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '${trouble}'));`;
}

const join = page => page.click('[data-testid=join]');
const admitted = async (page, mock, role, leg) => {
  mock.state('call', [leg]);
  mock.send(role, RUNG);
  await page.waitForFunction(() => document.documentElement.dataset.state === 'call');
  await page.evaluate(fakePicture);
};

const patientStates = {
  welcome: {},
  asking: { trouble: 'never', act: join },
  denied: { trouble: 'NotAllowedError', act: join },
  missing: { trouble: 'NotFoundError', act: join },
  busy: { trouble: 'NotReadableError', act: join },
  unsupported: { trouble: 'no-webrtc' },
  offline: { mock: { unreachable: true } },
  expired: { mock: { link: { status: 410, type: 'link-expired' } } },
  unknown: { mock: { link: { status: 401, type: 'link-unknown' } } },
  waiting: { act: join },
  'waiting-voice': { act: page => page.click('[data-testid=voice-only]') },
  'waiting-lost': {
    act: async (page, mock) => {
      await join(page);
      await pause(500);
      mock.unreachable = true;
      mock.cut('patient');
      await pause(1500);
    },
  },
  call: {
    act: async (page, mock) => (await join(page), await pause(800), await admitted(page, mock, 'patient', DOCTOR)),
  },
  ...Object.fromEntries(
    ['good', 'fair', 'poor'].map(q => [
      `call-${q}`,
      {
        act: async (page, mock) => {
          await patientStates.call.act(page, mock);
          mock.send('patient', { t: 'quality', q });
        },
      },
    ]),
  ),
  'call-voice-poor': {
    act: async (page, mock) => {
      await join(page);
      mock.state('call', [{ ...DOCTOR, camera: false }]);
      mock.send('patient', { t: 'quality', q: 'poor' });
    },
  },
  'call-voice': {
    act: async (page, mock) => {
      await join(page);
      mock.state('call', [{ ...DOCTOR, camera: false }]);
    },
  },
  'call-muted': {
    act: async (page, mock) => {
      await patientStates.call.act(page, mock);
      await page.click('[data-testid=mute]');
      await page.click('[data-testid=camera]');
    },
  },
  'call-weak': {
    act: async (page, mock) => {
      await patientStates.call.act(page, mock);
      mock.lite.silent = true;
      await page.waitForFunction(() => document.documentElement.dataset.state === 'reconnecting');
    },
  },
  'call-doctor-away': {
    act: async (page, mock) => {
      await patientStates.call.act(page, mock);
      mock.state('reconnecting', [{ ...DOCTOR, connected: false, socket: false }]);
    },
  },
  'call-blocked': {
    act: async (page, mock) => (
      await patientStates['call-voice'].act(page, mock),
      await pause(500),
      await page.evaluate(() => (document.getElementById('hear').hidden = false))
    ),
  },
  left: {
    act: async (page, mock) => (await patientStates.call.act(page, mock), await page.click('[data-testid=leave]')),
  },
  ended: { act: (page, mock) => mock.send('patient', { t: 'ended', by: 'doctor' }) },
  replaced: { act: (page, mock) => mock.send('patient', { t: 'replaced' }) },
};

const waits = (page, mock) => {
  mock.state('waiting', [{ ...PATIENT, waitingSince: Math.floor(Date.now() / 1000) - 320 }]);
  mock.send('doctor', { t: 'link', legs: [FIGURES] });
};
const talks = async (page, mock) => {
  waits(page, mock);
  await pause(800);
  await page.click('[data-testid=admit]');
  await admitted(page, mock, 'doctor', PATIENT);
};

const doctorStates = {
  nobody: {},
  waiting: { act: waits },
  'waiting-no-devices': { trouble: 'NotAllowedError', act: waits },
  call: { act: talks },
  'call-plots': {
    act: async (page, mock) => {
      await talks(page, mock);
      mock.send('doctor', {
        ...RUNG,
        up: 'low-video',
        upReason: 'held-after-failed-climb',
        down: 'voice',
        downReason: 'uplink-thin',
      });
      await twoMinutes(page, mock);
    },
  },
  'call-end': { act: async (page, mock) => (await talks(page, mock), await page.click('[data-testid=end]')) },
  'call-patient-away': {
    act: async (page, mock) => {
      await talks(page, mock);
      mock.state('reconnecting', [{ ...PATIENT, connected: false, socket: false }]);
    },
  },
  'call-voice': {
    act: async (page, mock) => {
      await talks(page, mock);
      mock.send('doctor', { ...RUNG, down: 'voice', downReason: 'camera-off' });
      mock.state('call', [{ ...PATIENT, camera: false }]);
    },
  },
  offline: { mock: { unreachable: true } },
  ended: { act: (page, mock) => mock.send('doctor', { t: 'ended', by: 'doctor' }) },
  replaced: { act: (page, mock) => mock.send('doctor', { t: 'replaced' }) },
};

async function picture(browser, role, path, name, state, device, lang) {
  const mock = await startMock({ name: lang === 'ur' ? 'زینب' : 'Zainab', lang });
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.on('pageerror', error => console.log(`${role} ${name}: ${error.message}`));
  page.on(
    'console',
    message =>
      !message.text().startsWith('Failed to load') &&
      !message.text().startsWith('WebSocket') &&
      console.log(`${role} ${name}: ${message.text()}`),
  );
  await page.setViewport({ ...VIEWPORTS[device], isMobile: device === 'phone', hasTouch: device === 'phone' });
  await page.evaluateOnNewDocument(preparation(lang, state.trouble));
  Object.assign(mock, state.mock);
  await page.goto(`${mock.url}/${path}/${TOKENS[role]}`);
  await pause(900);
  await state.act?.(page, mock);
  await pause(700);
  const file = `${out}/${role}-${name}-${device}-${lang}.png`;
  await page.screenshot({ path: file });
  const [hook, sideways] = await page.evaluate(() => [
    document.documentElement.dataset.state,
    document.documentElement.scrollWidth - innerWidth,
  ]);
  console.log(`${file}  ${hook}${sideways > 0 ? `  ${sideways} px too wide` : ''}`);
  await context.close();
  await mock.stop();
}

await mkdir(out, { recursive: true });
const flags = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless=new', ...flags, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});
const only = process.env.ONLY;
for (const device of Object.keys(VIEWPORTS)) {
  for (const lang of ['en', 'ur']) {
    for (const [role, path, states] of [
      ['patient', 'c', patientStates],
      ['doctor', 'd', doctorStates],
    ]) {
      for (const [name, state] of Object.entries(states)) {
        if (only && !new RegExp(only).test(`${role}-${name}-${device}-${lang}`)) continue;
        await picture(browser, role, path, name, state, device, lang).catch(error =>
          console.log(`${role} ${name}: ${error.message}`),
        );
      }
    }
  }
}
await browser.close();
