// Starts Firefox with a home of its own and makes what WebDriver BiDi does not offer: see firefox/ for its devices, its
// recorder and its sockets, which run in the page.
import { readFile } from 'node:fs/promises';
import puppeteer from 'puppeteer-core';
import { putFirst } from './audio-threads.mjs';

const SCRIPTS = ['firefox/bridge.js', 'firefox/devices.js', 'firefox/sockets.js', 'firefox/recorder.js', 'hook.js'];

// One waits for the time to come, the other works.
const AUDIO_THREADS = ['MediaTrackGrph', 'GraphRunner'];

const PREFERENCES = {
  // The devices are made in the page; nobody is there to be asked, or to touch the page before sound may play.
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  // What a microphone of the machine would allow: without one, addresses hide behind names that nobody can look up.
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  // Where a machine has no address but loopback, it pairs with that.
  'media.peerconnection.ice.loopback': true,
  // Opus's own, so that nothing is resampled on its way to the ear and from there to the recording.
  'media.cubeb.force_sample_rate': 48_000,
  'privacy.reduceTimerPrecision': false,
  // Its own errands would share the link with the call: addresses are all that is ever opened here.
  'network.dns.disabled': true,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

/** home: a directory of this browser alone. Its join is not measured: any certificate is taken, `ca` is not looked at. */
export async function launch({ executable, home, args = [] }) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: executable,
    userDataDir: `${home}/profile`,
    env: {
      ...process.env,
      HOME: home,
      XDG_CACHE_HOME: `${home}/cache`,
      XDG_CONFIG_HOME: `${home}/config`,
      MOZ_CRASHREPORTER_DISABLE: '1',
    },
    headless: true,
    acceptInsecureCerts: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    timeout: 80_000,
    protocolTimeout: 120_000,
    args,
    extraPrefsFirefox: PREFERENCES,
  });
  browser.once('disconnected', putFirst(browser.process().pid, AUDIO_THREADS));
  return browser;
}

/**
 * Has hook.js run in whatever this page loads. `told` hears what the page tells, `overheard(received, frame)` what passes
 * its sockets (text, or bytes as a Buffer), `socket` that one was opened. Requests are not seen here.
 */
export async function watch(page, { audio, video }, { told, overheard, socket }) {
  const heard = (text) => {
    const event = JSON.parse(text);
    switch (event.event) {
      case 'socket':
        return socket();
      case 'frame':
        return overheard(event.received, event.text ?? Buffer.from(event.bytes, 'base64'));
      default:
        return told(event);
    }
  };
  const files = { audio, video };
  await page.exposeFunction('raabtaTell', (texts) => texts.forEach(heard));
  // Read when the page opens the device, as a browser with files for devices does.
  await page.exposeFunction('raabtaFile', async (name) => {
    const input = await page.$(`input[data-bench-file="${name}"]`);
    await input.uploadFile(files[name]);
    await input.dispose();
  });
  for (const script of SCRIPTS) {
    // The script's first line must not be taken for part of what puppeteer puts before it, nor its last for what comes after.
    await page.evaluateOnNewDocument(`\n${await readFile(new URL(`./${script}`, import.meta.url), 'utf8')}\n`);
  }
  return {
    /** Done when the page has arrived. */
    async navigate(url) {
      try {
        await page.goto(url, { waitUntil: 'domcontentloaded' });
      } catch (error) {
        throw new Error(`cannot open the page: ${error.message}`, { cause: error });
      }
    },
  };
}
