// Starts Chromium with a microphone and a camera that play files, a home of its own, and the bench's authority trusted.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import puppeteer from 'puppeteer-core';

const run = promisify(execFile);

/** home: a directory of this browser alone; audio, video: what microphone and camera show; ca: a PEM file, if any. */
export async function launch({ chromium, home, audio, video, ca, args = [] }) {
  if (ca) {
    await trust(home, ca);
  }
  return puppeteer.launch({
    executablePath: chromium,
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
