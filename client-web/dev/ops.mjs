// Takes pictures of the engineer's page over figures that nobody measured, on a desktop and a phone:
//   node dev/ops.mjs [OUT]          into target/states by default; CHROMIUM names another browser
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';

const web = fileURLToPath(new URL('../target/web/', import.meta.url));
const out = process.argv[2] ?? 'target/states';
const KEY = 'operator-key-of-nobody';
const pause = ms => new Promise(done => setTimeout(done, ms));
let looks = 0;

const estimate = (kbps, state, queueMs) => ({ confidence: 'medium', state, kbps, queueMs, loss: 0.004, rttMs: 640 });

function consult(id, seconds, profile, thin) {
  const wave = 1 + 0.3 * Math.sin(looks / 4);
  const state = thin && looks % 20 > 12 ? 'severe' : 'clean';
  return {
    id,
    state: 'call',
    since: Date.now() - seconds * 1000,
    profile,
    legs: [
      {
        ...{ id: 'p-Hx3kq81a', role: 'patient', kind: 'web', connected: true, socket: true, rttMs: thin ? 1310 : 85 },
        ...{ upKbps: thin ? 17.5 : 612, downKbps: thin ? 14.1 : 540, lossUp: 0.012, lossDown: 0 },
        up: estimate((thin ? 21 : 900) * wave, state, state === 'severe' ? 1340 : 35),
        down: estimate((thin ? 33 : 1400) * wave, 'draining', 180),
      },
      {
        ...{ id: 'd-9fQz03bb', role: 'doctor', kind: thin ? 'sdp' : 'web', connected: true, socket: true, rttMs: 22 },
        up: { confidence: 'none', state: 'clean' },
        down: estimate(3900, 'clean', 0),
      },
    ],
    dirs: [
      {
        ...{ from: 'patient', to: 'doctor', rung: thin ? 'narrow-voice' : 'video', kbps: thin ? 12.4 : 590 },
        ...{ reason: thin ? 'uplink-thin' : 'unconstrained', ...(thin ? { nextKbps: 25 } : {}) },
        a: thin ? { br: 8000, pt: 60, dtx: 1 } : { br: 24000, pt: 20 },
        ...(thin ? {} : { v: { kbps: 560, fps: 30, h: 480 } }),
      },
      {
        ...{ from: 'doctor', to: 'patient', rung: 'voice', reason: 'camera-off', kbps: 20.5 },
        a: { br: 12000, pt: 60, red: 1 },
      },
    ],
    drops: thin ? { not_on_rung: 412, late_audio: 7 } : {},
  };
}

const server = createServer(async (request, response) => {
  if (request.url === '/ops') {
    const { script, style } = JSON.parse(await readFile(`${web}manifest.json`, 'utf8')).pages['ops.html'];
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader(
      'Content-Security-Policy',
      `default-src 'none'; script-src ${script}; style-src ${style}; img-src data:; connect-src 'self'`,
    );
    response.end(await readFile(`${web}ops.html`));
  } else if (request.headers.authorization !== `Bearer ${KEY}`) {
    response.statusCode = 401;
    response.end('{}');
  } else {
    looks++;
    const consults = [consult('2r9zk1m0x3', 64, '', false), consult('1y0p2x77ab', 840, 'rural-2g', true)];
    response.end(JSON.stringify({ at: Date.now(), consults, more: 0, drops: { unknown_sender: 93, replayed: 2 } }));
  }
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
await mkdir(out, { recursive: true });
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-background-networking'],
});
for (const [device, width] of [
  ['desktop', 1280],
  ['phone', 360],
]) {
  const page = await browser.newPage();
  page.on('pageerror', error => console.log(`${device}: ${error.message}`));
  // Two minutes of looks in seconds: the page's own clock runs faster.
  await page.evaluateOnNewDocument(
    'const real = setTimeout; window.setTimeout = (act, ms) => real(act, ms === 2000 ? 40 : ms)',
  );
  await page.setViewport({ width, height: 800 });
  const picture = async name => {
    await page.screenshot({ path: `${out}/ops-${name}-${device}.png`, fullPage: true });
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    console.log(`${out}/ops-${name}-${device}.png${sideways > 0 ? `  ${sideways} px too wide` : ''}`);
  };
  await page.goto(`http://127.0.0.1:${server.address().port}/ops`);
  await picture('key');
  await page.type('#key', 'wrong');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('status').textContent.startsWith('That is not'));
  await page.type('#key', KEY);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.documentElement.dataset.state === 'live');
  await pause(4000);
  await picture('live');
  await page.close();
}
await browser.close();
server.closeAllConnections();
server.close();
