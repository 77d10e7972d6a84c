// Measures the README's figures with the real server and real browsers, and prints them as a Markdown table.
// Started by `./raabta bench figures`; takes two to three minutes on an otherwise idle machine.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createWriteStream } from 'node:fs';
import { artifacts, repository } from './lib/artifacts.mjs';
import { chromium, end, press, untilState } from './lib/browsers.mjs';
import { startCounter } from './lib/counter.mjs';
import { bothHear, meet } from './lib/meeting.mjs';
import { startNat } from './lib/nat.mjs';
import { start } from './lib/process.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const rows = [];
const row = (what, figure, how) => {
  rows.push([what, figure, how]);
  process.stderr.write(`${what}: ${figure}\n`);
};
const kB = bytes => `${(bytes / 1000).toFixed(1)} kB`;
const MB = bytes => `${(bytes / 1e6).toFixed(0)} MB`;
const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Linux tells them in pages of memory and ticks of 10 ms. */
const resident = pid => Number(/VmRSS:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
function cpuMs(pid) {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function startAndMemory() {
  const starts = [];
  for (let round = 0; round < 3; round++) {
    const server = await startServer();
    starts.push(server.startMs);
    if (round === 2) {
      await server.call('GET', '/healthz');
      row('Memory, idle', MB(resident(server.group.pid)), 'resident set after the start');
    }
    await server.remove();
  }
  row('Server start', `${(median(starts) / 1000).toFixed(1)} s`, 'launcher to `ready`, already built, median of 3');
}

/**
 * Opens the patient's page through a byte counter, up to the waiting room; twice in one profile. Without TLS: browsers
 * keep nothing of a server whose certificate they do not know, so the second load would not be what patients see.
 */
async function pageLoads() {
  const server = await startServer();
  const counter = await startCounter(server.http);
  const patients = await chromium();
  const doctors = await chromium();
  try {
    const { patientUrl, patientToken } = await server.consult({ patientName: 'Zainab', language: 'en' });
    const url = `http://127.0.0.1:${counter.port}/c/${patientToken}`;
    for (const load of ['First', 'Second']) {
      counter.reset();
      let requests = 0;
      let bytes = 0;
      const page = await patients.open(url, {
        async watch(page) {
          const cdp = await page.createCDPSession();
          await cdp.send('Network.enable');
          cdp.on('Network.requestWillBeSent', event => {
            if (/^https?:/.test(event.request.url)) requests += 1;
          });
          cdp.on('Network.loadingFinished', event => (bytes += event.encodedDataLength));
        },
      });
      if (load === 'First') {
        await untilState(page, 'welcome');
        await press(page, 'join');
      }
      await untilState(page, 'waiting');
      const all = counter.total();
      row(
        `${load} load of the patient page`,
        `${kB(bytes)} in ${requests} request${requests === 1 ? '' : 's'}`,
        `HTTP bytes received; with the control socket, up to the waiting room, ${kB(all.down)} down and ${kB(all.up)} up over TCP without TLS`,
      );
      await page.close();
    }
    if (!patientUrl.includes(patientToken)) throw new Error('the link does not carry the token');
  } finally {
    await patients.remove();
    await doctors.remove();
    await counter.close();
    await server.remove();
  }
}

/** What the two ways of negotiating put on the wire: the control socket through a counter, ICE and DTLS through a NAT. */
async function negotiation() {
  const server = await startServer({ mediaHost: '127.0.0.2', settings: 'media.bind = "127.0.0.1"\nmedia.loops = 1\n' });
  const relay = { host: '127.0.0.1', port: server.media };
  const nat = await startNat({ listen: { host: '127.0.0.2', port: server.media }, relay });
  const counter = await startCounter(server.http);
  const patients = await chromium();
  try {
    const { patientUrl } = await server.consult({ patientName: 'Zainab', language: 'en' });
    const messages = { up: [], down: [] };
    const page = await patients.open(patientUrl.replace(`:${server.http}`, `:${counter.port}`), {
      async watch(page) {
        const cdp = await page.createCDPSession();
        await cdp.send('Network.enable');
        cdp.on('Network.webSocketFrameSent', event => messages.up.push(event.response.payloadData));
        cdp.on('Network.webSocketFrameReceived', event => messages.down.push(event.response.payloadData));
      },
    });
    await press(page, 'join');
    await untilState(page, 'waiting');
    await until('the transport', () =>
      page.evaluate(async () => (await window.__probe.stats())?.connection === 'connected' || null),
    );
    const media = nat.bytes();
    const socket = counter.connections.find(each => each.head.startsWith('GET /s/'));
    const upgrade = { up: socket.head.indexOf('\r\n\r\n') + 4, down: socket.reply.indexOf('\r\n\r\n') + 4 };
    const text = list => list.reduce((sum, message) => sum + Buffer.byteLength(message), 0);
    const of = (list, kind) => text(list.filter(message => JSON.parse(message).t === kind));
    row(
      'Negotiation on the control socket',
      `${socket.up - upgrade.up} B up, ${socket.down - upgrade.down} B down`,
      `frames on the wire up to the waiting room (as text ${text(messages.up)} and ${text(messages.down)} B; of it welcome ${of(messages.down, 'welcome')}, offer ${of(messages.up, 'offer')}, answer ${of(messages.down, 'answer')}); the upgrade before it ${upgrade.up} and ${upgrade.down} B`,
    );
    row('ICE and DTLS', `${media.up} B up, ${media.down} B down`, 'UDP payload until connected');
  } finally {
    await patients.remove();
    await counter.close();
    await nat.close();
    await server.remove();
  }
}

/** From the doctor's click to the first sample that came over the network and was played, at either end. */
async function admitToAudio() {
  const server = await startServer();
  const patients = await chromium();
  const doctors = await chromium();
  const firsts = { patient: [], doctor: [] };
  try {
    for (let round = 0; round < 5; round++) {
      const { patient, doctor } = await meet(
        server,
        { patient: patients, doctor: doctors },
        {
          async onWaiting(patient, doctor) {
            for (const page of [patient, doctor]) {
              await until('the transport', () =>
                page.evaluate(async () => (await window.__probe.stats())?.connection === 'connected' || null),
              );
              await page.evaluate(() => void (window.__firstAudio = window.__probe.firstAudio()));
            }
            await doctor.evaluate(() => {
              const admit = document.querySelector('[data-testid="admit"]');
              admit.addEventListener(
                'click',
                () => (window.__admitted = performance.timeOrigin + performance.now()),
                true,
              );
            });
          },
        },
      );
      const admitted = await doctor.evaluate(() => window.__admitted);
      firsts.patient.push((await patient.evaluate(() => window.__firstAudio)) - admitted);
      firsts.doctor.push((await doctor.evaluate(() => window.__firstAudio)) - admitted);
      if (round === 4) {
        await bothHear(patient, doctor);
        row('Memory, one call', MB(resident(server.group.pid)), 'resident set during the fifth audio and video call');
      }
      await end(doctor);
      await patient.close();
      await doctor.close();
    }
    row(
      'Admit to first audio',
      `${median(firsts.patient).toFixed(0)} ms at the patient, ${median(firsts.doctor).toFixed(0)} ms at the doctor`,
      'loopback, click to the first played sample that is not concealment, median of 5',
    );
  } finally {
    await patients.remove();
    await doctors.remove();
    await server.remove();
  }
}

/** The patient's page on a slow phone: Chromium's own brake makes its main thread six times slower. */
async function slowPhone() {
  const SLOWER = 6;
  const SECONDS = 20;
  const server = await startServer();
  const patients = await chromium();
  const doctors = await chromium();
  try {
    for (const voiceOnly of [true, false]) {
      const { patient, doctor } = await meet(server, { patient: patients, doctor: doctors }, { voiceOnly });
      await bothHear(patient, doctor);
      await patient.emulateCPUThrottling(SLOWER);
      await patient.evaluate(() => {
        window.__tasks = [];
        new PerformanceObserver(list => window.__tasks.push(...list.getEntries().map(task => task.duration))).observe({
          type: 'longtask',
        });
      });
      const before = await patient.metrics();
      await new Promise(resolve => setTimeout(resolve, 1000 * SECONDS));
      const after = await patient.metrics();
      const tasks = await patient.evaluate(() => window.__tasks);
      const share = (after.TaskDuration - before.TaskDuration) / (after.Timestamp - before.Timestamp);
      row(
        `Page on a slow phone, ${voiceOnly ? 'voice' : 'video'}`,
        `${(100 * share).toFixed(0)} % of its thread, longest task ${Math.max(0, ...tasks).toFixed(0)} ms, ${MB(after.JSHeapUsedSize)} heap`,
        `main thread slowed ${SLOWER} times, ${SECONDS} s of a call; tasks of 50 ms and more: ${tasks.length} (codecs have threads of their own, which are not slowed)`,
      );
      await end(doctor);
      await patient.close();
      await doctor.close();
    }
  } finally {
    await patients.remove();
    await doctors.remove();
    await server.remove();
  }
}

/**
 * The default profile with one rung, of speech as the load clients send it: they report nothing of their links, and the ladder
 * would put two or three of their packets into one.
 */
function oneRung() {
  const shipped = 'bandwidth-adapter/src/main/resources/org/raabta/adapter/profile/default.profile';
  const figures = {
    'ladder.rungs': 'thin-voice',
    // What is not chosen has to stay in order above it.
    'rung.slow-video.leave': '69 kbps',
    'rung.stills.enter': '73 kbps',
    'rung.stills.leave': '68 kbps',
    'rung.voice.enter': '72 kbps',
    'rung.voice.leave': '67 kbps',
    'rung.narrow-voice.enter': '71 kbps',
    'rung.narrow-voice.leave': '66 kbps',
    'rung.thin-voice.enter': '70 kbps',
    'rung.thin-voice.leave': '65 kbps',
    'rung.thin-voice.audio': '36k/20ms',
    'rung.thin-voice.probe': 'none',
  };
  let text = fs.readFileSync(path.join(repository, shipped), 'utf8');
  for (const [key, value] of Object.entries(figures)) {
    const line = new RegExp(`^${key.replaceAll('.', '\\.')} = .*$`, 'm');
    if (!line.test(text)) throw new Error(`${shipped} has no ${key}`);
    text = text.replace(line, `${key} = ${value}`);
  }
  const file = path.join(artifacts, 'one-rung.profile');
  fs.writeFileSync(file, text);
  return file;
}

/** The bench's load clients (org.raabta.bench.load): what the relay adds, and what a consultation costs. */
async function load(consultations, seconds) {
  const server = await startServer({ settings: `profile = ${JSON.stringify(oneRung())}\n` });
  const pid = server.group.pid;
  const target = path.join(repository, 'bench', 'target');
  const jar = fs.readdirSync(target).find(name => /^bench-.*\.jar$/.test(name));
  const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  const lines = [];
  try {
    const log = createWriteStream(path.join(artifacts, 'logs', `load-${consultations}.log`));
    const { child, exited } = start(
      java,
      [
        '-cp',
        `${path.join(target, jar)}:${path.join(target, 'lib')}/*`,
        'org.raabta.bench.load.Load',
        server.base,
        server.clinicKey,
        String(consultations),
        String(seconds),
      ],
      { log, onLine: line => line.startsWith('{') && lines.push({ at: cpuMs(pid), ...JSON.parse(line) }) },
    );
    await exited;
    if (child.exitCode !== 0)
      throw new Error(`the load ended with status ${child.exitCode} (load-${consultations}.log)`);
    const flowing = lines.find(line => line.t === 'flowing');
    const measured = lines.find(line => line.t === 'measured');
    return { ...lines.find(line => line.t === 'result'), cpuMs: measured.at - flowing.at, seconds };
  } finally {
    await server.remove();
  }
}

async function relayCosts() {
  const micro = us => `${us.toFixed(0)} µs`;
  const one = await load(1, 20);
  row(
    'Delay added by the relay',
    `p50 ${micro(one.relayedP50Us - one.directP50Us)}, p99 ${micro(one.relayedP99Us - one.directP99Us)}`,
    `one audio consultation, loopback: through the relay ${micro(one.relayedP50Us)} and ${micro(one.relayedP99Us)}, socket to socket ${micro(one.directP50Us)} and ${micro(one.directP99Us)}; ${one.packetsReceived} of ${one.packetsSent} packets arrived`,
  );
  const many = await load(20, 20);
  const share = many.cpuMs / (10 * many.seconds) / many.consultations;
  row(
    'CPU per audio consultation',
    `${share.toFixed(2)} % of a core`,
    `20 at once, 50 packets/s each way: ${((1000 * many.cpuMs) / many.packetsReceived).toFixed(0)} µs per relayed packet, p50 ${micro(many.relayedP50Us)} and p99 ${micro(many.relayedP99Us)} on a machine shared with the clients; ${many.packetsReceived} of ${many.packetsSent} packets arrived`,
  );
}

await startAndMemory();
await pageLoads();
await negotiation();
await admitToAudio();
await slowPhone();
await relayCosts();

const javaVersion = execFileSync('java', ['--version'], { encoding: 'utf8' }).split('\n')[0];
const browser = await chromium();
const machine = `${os.cpus().length} cores (${os.cpus()[0].model.trim()}), ${javaVersion}, ${await browser.version()}, Node ${process.versions.node}`;
await browser.remove();
const table = [
  '| figure | value | how |',
  '|---|---|---|',
  ...rows.map(cells => `| ${cells.join(' | ')} |`),
  '',
  `Measured by \`./raabta bench figures\` on ${machine}, ${new Date().toISOString().slice(0, 10)}.`,
  '',
].join('\n');
fs.writeFileSync(path.join(artifacts, 'figures.md'), table);
process.stdout.write(table);
