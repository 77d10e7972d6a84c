// Starts Chromium with a microphone and a camera that play files, a home of its own, and the bench's authority trusted.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import puppeteer from 'puppeteer-core';

const run = promisify(execFile);
const SCRIPTS = ['chromium/recorder.js', 'hook.js'];
// RFC 6455, section 5.2.
const BINARY = 2;

/** home: a directory of this browser alone; audio, video: what microphone and camera show; ca: a PEM file, if any. */
export async function launch({ executable, home, audio, video, ca, args = [] }) {
  if (ca) {
    await trust(home, ca);
  }
  return puppeteer.launch({
    executablePath: executable,
    userDataDir: `${home}/profile`,
    env: { ...process.env, HOME: home, XDG_CACHE_HOME: `${home}/cache`, XDG_CONFIG_HOME: `${home}/config` },
    pipe: true,
    headless: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    protocolTimeout: 120_000,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${audio}%noloop`,
      `--use-file-for-fake-video-capture=${video}`,
      '--autoplay-policy=no-user-gesture-required',
      // The browser's own errands would share the thin link with the call: no name but an address resolves.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 10.*, EXCLUDE 127.*, EXCLUDE localhost',
      '--no-pings',
      '--disable-breakpad',
      '--disable-features=OptimizationHints,AutofillServerCommunication,CertificateTransparencyComponentUpdater',
      ...args,
    ],
  });
}

/**
 * Has hook.js run in whatever this page loads. `told` hears what the page tells, `overheard(received, frame)` what passes
 * its sockets (text, or bytes as a Buffer), `socket` that one was opened, `requested` the type of each request.
 */
export async function watch(page, _, { told, overheard, socket, requested }) {
  // The recorder's audio worklet is loaded from a blob, which a strict policy of the page would refuse.
  await page.setBypassCSP(true);
  const devtools = await page.createCDPSession();
  const frame = ({ opcode, payloadData }) => (opcode === BINARY ? Buffer.from(payloadData, 'base64') : payloadData);
  devtools.on('Runtime.bindingCalled', ({ name, payload }) => name === 'raabtaBench' && told(JSON.parse(payload)));
  devtools.on('Network.requestWillBeSent', ({ type }) => requested(type));
  devtools.on('Network.webSocketCreated', () => {
    socket();
    requested('WebSocket');
  });
  devtools.on('Network.webSocketFrameReceived', ({ response }) => overheard(true, frame(response)));
  devtools.on('Network.webSocketFrameSent', ({ response }) => overheard(false, frame(response)));
  await devtools.send('Runtime.enable');
  await devtools.send('Runtime.addBinding', { name: 'raabtaBench' });
  await devtools.send('Network.enable');
  for (const script of SCRIPTS) {
    await page.evaluateOnNewDocument(await readFile(new URL(`./${script}`, import.meta.url), 'utf8'));
  }
  return {
    /** Done when the page begins to arrive. */
    async navigate(url) {
      const { errorText } = await devtools.send('Page.navigate', { url });
      if (errorText) {
        throw new Error(`cannot open the page: ${errorText}`);
      }
    },
  };
}

/** Chromium on Linux takes further authorities from the NSS database in its home. */
async function trust(home, ca) {
  const database = `${home}/.pki/nssdb`;
  await mkdir(database, { recursive: true });
  try {
    if (!existsSync(`${database}/cert9.db`)) {
      await run('certutil', ['-d', `sql:${database}`, '-N', '--empty-password']);
    }
    await run('certutil', ['-d', `sql:${database}`, '-A', '-t', 'C,,', '-n', 'raabta-bench', '-i', ca]);
  } catch (error) {
    throw new Error(
      error.code === 'ENOENT' ? 'certutil is missing (package libnss3-tools)' : `certutil: ${error.stderr || error.message}`,
      { cause: error },
    );
  }
}
