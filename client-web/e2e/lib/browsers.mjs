// Real browsers, headless, with fake camera and microphone, and what tests do with their pages.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { own } from './process.mjs';
import { install } from './probe.mjs';
import { patienceSeconds, until } from './wait.mjs';

const firstOf = (...candidates) => candidates.find(file => file && fs.existsSync(file));

function executable(what, ...candidates) {
  const found = firstOf(...candidates);
  if (!found) throw new Error(`${what} is not installed (looked for ${candidates.filter(Boolean).join(', ')})`);
  return found;
}

export function newProfile() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'raabta-profile-'));
}

/**
 * `sound`: a WAV file for the microphone instead of Chromium's beeps. `args`: more command-line switches. `home`: where a browser
 * finds the authorities that it trusts beside its own (lib/authority.mjs); without one it takes every certificate.
 */
export async function chromium({ sound, args = [], profile = newProfile(), microphone = true, home } = {}) {
  const browser = await puppeteer.launch({
    executablePath: executable('Chromium', process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'),
    headless: true,
    userDataDir: profile,
    acceptInsecureCerts: !home,
    env: home ? { ...process.env, HOME: home } : process.env,
    args: [
      ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
      '--disable-dev-shm-usage',
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
      '--disable-backgrounding-occluded-windows',
      '--autoplay-policy=no-user-gesture-required',
      ...(microphone ? ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] : []),
      ...(sound ? [`--use-file-for-fake-audio-capture=${sound}`] : []),
      ...args,
    ],
  });
  return owned(browser, profile);
}

export async function firefox({ profile = newProfile() } = {}) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: executable('Firefox', process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'),
    headless: true,
    userDataDir: profile,
    acceptInsecureCerts: true,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': 0,
    },
  });
  return owned(browser, profile);
}

function owned(browser, profile) {
  const group = own(browser.process());
  return {
    profile,
    raw: browser,
    async version() {
      return browser.version();
    },
    async open(url, { watch = () => {} } = {}) {
      const page = await browser.newPage();
      await page.evaluateOnNewDocument(install);
      page.on('pageerror', error => page.errors.push(String(error)));
      page.errors = [];
      await watch(page);
      await page.goto(url, { waitUntil: 'domcontentloaded' });
      return page;
    },
    /** As `kill -9` does: no page gets to say goodbye. The profile stays. */
    async kill() {
      await group.end('SIGKILL');
    },
    async remove() {
      await group.end('SIGKILL');
      fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export const state = page => page.evaluate(() => document.documentElement.dataset.state);

export const rungs = page =>
  page.evaluate(() => ({
    up: document.documentElement.dataset.rungUp,
    down: document.documentElement.dataset.rungDown,
  }));

export async function untilState(page, wanted, options) {
  await until(
    `the page to be in state ${wanted}`,
    async () => {
      const seen = await state(page);
      if (seen === wanted) return true;
      const text = await page.evaluate(() => document.body.innerText.replace(/\s+/g, ' '));
      throw new Error(`${seen}, saying: ${text}; ${JSON.stringify(await stats(page))}; ${page.errors}`);
    },
    options,
  );
}

/** Presses a control once it is there, visible and enabled. */
export async function press(page, testId, options) {
  await until(
    `a control ${testId} that can be pressed`,
    () =>
      page.evaluate(id => {
        const control = document.querySelector(`[data-testid="${id}"]`);
        if (!control || control.disabled || control.getClientRects().length === 0) return false;
        control.click();
        return true;
      }, testId),
    options,
  );
}

/** Ends the consultation at the doctor's page; a console that asks first is answered. */
export async function end(doctor) {
  await press(doctor, 'end');
  await until('the consultation to end', async () => {
    if ((await state(doctor)) === 'ended') return true;
    await doctor.evaluate(() => document.querySelector('[data-testid="end-confirm"]')?.click());
    return false;
  });
}

/** Whether a control can be pressed now. */
export const offers = (page, testId) =>
  page.evaluate(id => {
    const control = document.querySelector(`[data-testid="${id}"]`);
    return Boolean(control && !control.disabled && control.getClientRects().length > 0);
  }, testId);

export const stats = page => page.evaluate(() => window.__probe.stats());

/** Waits until each named figure has grown by at least this much from now; answers how long it took. */
export async function untilGrown(page, growth, { seconds = patienceSeconds, who = 'the page' } = {}) {
  const begin = performance.now();
  const before = await stats(page);
  await until(
    `${who} to receive more: ${JSON.stringify(growth)}`,
    async () => {
      const now = await stats(page);
      const grown = Object.fromEntries(
        Object.keys(growth).map(field => [field, now[field] - (now.peers === before?.peers ? before[field] : 0)]),
      );
      if (Object.entries(growth).every(([field, least]) => grown[field] >= least)) return true;
      throw new Error(`${JSON.stringify(grown)} of ${JSON.stringify(now)}, rungs ${JSON.stringify(await rungs(page))}`);
    },
    { seconds },
  );
  return performance.now() - begin;
}
