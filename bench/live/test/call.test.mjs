// A plain call between two browsers on the loopback, driven the way the bench drives it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { WebSocketServer } from 'ws';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const TONES_HZ = { patient: 440, doctor: 700 };
const RATE_HZ = 16_000;
const LIMIT_MS = 90_000;
const BROWSERS = {
  chromium: { executable: process.env.CHROMIUM ?? '/usr/bin/chromium', video: 'numbers.y4m' },
  firefox: { executable: process.env.FIREFOX ?? '/usr/bin/firefox-esr', video: 'numbers.mjpeg' },
};
const PICTURES = 90;

let directory;
let server;
let url;

/** A driver and what it said; `next` waits for the first event like this, past or to come. */
function start(who, browser = 'chromium') {
  const child = spawn('node', [join(HERE, 'driver.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const events = [];
  const waiting = new Set();
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line));
    waiting.forEach((look) => look());
  });
  const next = (wanted, what) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${who}: no ${what}`)), LIMIT_MS);
      const look = () => {
        const found = events.find(wanted);
        if (found) {
          clearTimeout(late);
          waiting.delete(look);
          resolve(found);
        }
      };
      waiting.add(look);
      look();
    });
  let id = 0;
  const command = async (name, fields = {}) => {
    const mine = ++id;
    child.stdin.write(JSON.stringify({ command: name, id: mine, ...fields }) + '\n');
    const answer = await next((e) => e.id === mine, `answer to ${name}`);
    assert.equal(answer.event, 'done', answer.message);
  };
  const state = (wanted) => next((e) => e.event === 'state' && e.state === wanted, `state ${wanted}`);
  const recording = join(directory, `${who}.rec`);
  const home = join(directory, `home-${who}`);
  const launch = () =>
    command('launch', {
      browser,
      executable: BROWSERS[browser].executable,
      home,
      audio: join(directory, `${who}.wav`),
      video: join(directory, BROWSERS[browser].video),
      ca: join(directory, 'cert.pem'),
      recording,
    });
  return { child, events, next, command, state, recording, home, launch };
}

function tone(hz, seconds) {
  const rate = 48_000;
  const wav = Buffer.alloc(44 + 2 * rate * seconds);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8);
  [16, 0x10001, rate, 2 * rate, 0x100002].forEach((value, i) => wav.writeUInt32LE(value, 16 + 4 * i));
  wav.write('data', 36);
  wav.writeUInt32LE(wav.length - 44, 40);
  for (let i = 0; i < rate * seconds; i++) {
    wav.writeInt16LE(8000 * Math.sin((2 * Math.PI * hz * i) / rate), 44 + 2 * i);
  }
  return wav;
}

/** The shades of the cells that number a picture, as org.raabta.bench.material.FrameNumber says. */
function cells(number) {
  const bits = number.toString(2).padStart(12, '0');
  const ones = [...bits].filter((bit) => bit === '1').length % 4;
  return [...`10${bits}${ones.toString(2).padStart(2, '0')}`].map((cell) => (cell === '1' ? 235 : 16));
}

/** Grey pictures with their numbers. */
function numbered() {
  const [width, height] = [320, 240];
  const parts = [Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420jpeg\n`)];
  for (let number = 0; number < PICTURES; number++) {
    const row = Buffer.concat(cells(number).map((shade) => Buffer.alloc(width / 16, shade)));
    parts.push(Buffer.from('FRAME\n'), ...Array(height / 12).fill(row));
    parts.push(Buffer.alloc(width * (height - height / 12), 128), Buffer.alloc((width * height) / 2, 128));
  }
  return Buffer.concat(parts);
}

/** The same as JPEG files one after the other. */
async function numberedJpegs() {
  const browser = await puppeteer.launch({ executablePath: BROWSERS.chromium.executable, args: ['--no-sandbox'] });
  try {
    const [page] = await browser.pages();
    const rows = Array.from({ length: PICTURES }, (_, number) => cells(number));
    const urls = await page.evaluate((all) => {
      const [width, height] = [320, 240];
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const screen = canvas.getContext('2d');
      const fill = (shade, ...where) => {
        screen.fillStyle = `rgb(${shade} ${shade} ${shade})`;
        screen.fillRect(...where);
      };
      return all.map((row) => {
        fill(128, 0, 0, width, height);
        row.forEach((shade, i) => fill(shade, (i * width) / 16, 0, width / 16, height / 12));
        return canvas.toDataURL('image/jpeg', 0.9);
      });
    }, rows);
    return Buffer.concat(urls.map((url) => Buffer.from(url.split(',')[1], 'base64')));
  } finally {
    await browser.close();
  }
}

/** The two channels of a recording, and its stamps. */
async function read(file) {
  const bytes = await readFile(file);
  const out = { sent: [], heard: [], stamps: [] };
  for (let at = 0; at < bytes.length; ) {
    out.stamps.push(bytes.readDoubleLE(at));
    const frames = bytes.readInt32LE(at + 8);
    at += 12;
    for (let i = 0; i < frames; i++, at += 4) {
      out.sent.push(bytes.readInt16LE(at));
      out.heard.push(bytes.readInt16LE(at + 2));
    }
  }
  return out;
}

/** The share of a sound's energy at one frequency. */
function share(samples, hz) {
  let [re, im, all] = [0, 0, 0];
  samples.forEach((sample, i) => {
    const angle = (2 * Math.PI * hz * i) / RATE_HZ;
    re += sample * Math.cos(angle);
    im += sample * Math.sin(angle);
    all += sample * sample;
  });
  return all === 0 ? 0 : (2 * (re * re + im * im)) / (samples.length * all);
}

/** The same in the middle of half seconds: a busy machine drops a block of a microphone now and then, and the tone goes on elsewhere in its turn. */
function usualShare(samples, hz) {
  const shares = [];
  for (let at = 0; at + RATE_HZ / 2 <= samples.length; at += RATE_HZ / 2)
    shares.push(share(samples.slice(at, at + RATE_HZ / 2), hz));
  return shares.sort((a, b) => a - b)[Math.floor(shares.length / 2)] ?? 0;
}

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'raabta-driver-'));
  await writeFile(join(directory, 'patient.wav'), tone(TONES_HZ.patient, 60));
  await writeFile(join(directory, 'doctor.wav'), tone(TONES_HZ.doctor, 60));
  await writeFile(join(directory, 'numbers.y4m'), numbered());
  await writeFile(join(directory, 'numbers.mjpeg'), await numberedJpegs());
  const [certificate, key] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  const subject = ['-subj', '/CN=bench', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  execFileSync('openssl', ['req', '-x509', ...curve, '-nodes', '-keyout', key, '-out', certificate, '-days', '2', ...subject], {
    stdio: 'ignore',
  });
  server = spawn('node', [join(HERE, 'serve.mjs'), '127.0.0.1', '0', join(HERE, 'p2p/index.html'), certificate, key], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: server.stdout }), 'line');
  url = line.split(' ')[1];
});

after(async () => {
  server.stdin.end();
  await once(server, 'exit');
  await rm(directory, { recursive: true, force: true });
});

/** Holds a call of six seconds at least, in which both are heard, seen and counted. */
async function call(patient, doctor) {
  try {
    await Promise.all([patient.launch(), doctor.launch()]);
    await overhears(doctor);
    await patient.command('open', { url });
    await patient.state('welcome');
    await doctor.command('open', { url: `${url}?role=doctor` });
    await doctor.command('click', { testid: 'join' });
    await doctor.next((e) => e.event === 'microphone', 'microphone');
    await patient.command('click', { testid: 'join' });
    await doctor.state('waiting');
    await doctor.command('click', { testid: 'admit', timeoutMs: LIMIT_MS });
    await Promise.all([patient.state('call'), doctor.state('call')]);
    const playing = (e) =>
      e.event === 'stats' &&
      e.stats.some((s) => s.type === 'inbound-rtp' && s.kind === 'audio' && s.totalSamplesReceived > 6 * 48_000);
    await Promise.all([patient.next(playing, 'six seconds of sound'), doctor.next(playing, 'six seconds of sound')]);
    await Promise.all([patient.command('stop'), doctor.command('stop')]);

    for (const [who, other] of [[patient, 'doctor'], [doctor, 'patient']]) {
      const mine = other === 'doctor' ? 'patient' : 'doctor';
      const { sent, heard, stamps } = await read(who.recording);
      const last = (samples) => samples.slice(-3 * RATE_HZ);
      assert.ok(usualShare(last(sent), TONES_HZ[mine]) > 0.8, `${mine} sent ${TONES_HZ[mine]} Hz`);
      assert.ok(usualShare(last(heard), TONES_HZ[other]) > 0.6, `${mine} heard ${TONES_HZ[other]} Hz`);
      assert.ok(share(last(heard), TONES_HZ[mine]) < 0.1, `${mine} did not hear itself`);
      assert.deepEqual(stamps, [...stamps].sort((a, b) => a - b));
      const numbers = who.events.flatMap((e) => e.pictures ?? []).map(([, number]) => number);
      assert.ok(numbers.some((number) => number >= 0 && number < PICTURES), 'pictures carry their numbers');
      assert.ok(who.events.some((e) => e.event === 'clicked' && e.testid === 'join'));
      assert.deepEqual(who.events.filter((e) => e.event === 'pageError'), []);
    }
  } finally {
    patient.child.stdin.end();
    doctor.child.stdin.end();
  }
}

/** A page that gets a rung and a photo over its socket, and gives one. Runs in the page. */
function socketPage() {
  const socket = new WebSocket(`ws://${location.host}/`);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => {
    socket.send(JSON.stringify({ t: 'put', n: 3, id: 'mine', kind: 'photo', bytes: 4, w: 2, h: 1, sha: 'x' }));
    socket.send(Uint8Array.of(3, 0, 0, 0, 10, 20, 30, 40));
  };
  socket.onmessage = ({ data }) => {
    if (typeof data === 'string' && JSON.parse(data).t === 'rung') {
      document.documentElement.dataset.rungUp = JSON.parse(data).up;
    }
  };
}

/** What passes a page's sockets, on a page made for it. */
async function overhears(driver) {
  const pages = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><title>sockets</title><script>(${socketPage})()</script>`);
  });
  const sockets = new WebSocketServer({ server: pages });
  sockets.on('connection', (socket) => {
    socket.send(JSON.stringify({ t: 'rung', up: 'voice', upReason: 'link', downReason: 'pinned' }));
    socket.send(JSON.stringify({ t: 'give', n: 1, id: 'theirs', kind: 'photo', bytes: 3 }));
    socket.send(Buffer.from([1, 0, 0, 0, 97, 98, 99]));
    socket.on('message', (frame, isBinary) => isBinary && socket.send(JSON.stringify({ t: 'done', id: 'mine' })));
  });
  pages.listen(0, '127.0.0.1');
  await once(pages, 'listening');
  try {
    await driver.command('open', { url: `http://127.0.0.1:${pages.address().port}/` });
    const rung = await driver.next((e) => e.event === 'rung' && e.up === 'voice', 'rung');
    assert.equal(rung.upReason, 'link');
    assert.equal(rung.downReason, 'pinned');
    const done = await driver.next((e) => e.event === 'itemDone', 'photo that was given');
    assert.equal(done.id, 'mine');
    assert.equal(done.sentBytes, 4);
    const came = await driver.next((e) => e.event === 'itemCame', 'photo that came');
    assert.equal(came.sha, createHash('sha256').update('abc').digest('base64url'));
  } finally {
    sockets.clients.forEach((socket) => socket.terminate());
    pages.close();
  }
}

test('two browsers hear and see each other, and it is on record', () => call(start('patient'), start('doctor')));

test('Firefox as the doctor', () => call(start('patient'), start('doctor', 'firefox')));

test('nothing is left when the one who drives is gone', async () => {
  const driver = start('patient');
  await driver.launch();
  driver.child.stdin.end();
  await once(driver.child, 'exit');
  assert.deepEqual(await processesNaming(driver.home), []);
});

test('what fails is said, and the next command is obeyed', async () => {
  const driver = start('doctor');
  try {
    await driver.launch();
    await assert.rejects(driver.command('open', { url: 'https://127.0.0.1:1/' }), /cannot open the page/);
    await assert.rejects(driver.command('dance'), /unknown command/);
    await driver.command('open', { url });
    await driver.state('welcome');
    await assert.rejects(driver.command('click', { testid: 'no-such', timeoutMs: 200 }), /no-such/);
  } finally {
    driver.child.stdin.end();
    await once(driver.child, 'exit');
  }
});

async function processesNaming(text) {
  const found = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (line.includes(text)) {
      found.push(pid);
    }
  }
  return found;
}
