// What stays on the phone between visits, in which language the page comes, what it says aloud, and that nothing is left after
// "erase".
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { screenshots } from './lib/artifacts.mjs';
import { chromium, end, offers, press, state, untilState } from './lib/browsers.mjs';
import { meet, noPageErrors } from './lib/meeting.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const LANGUAGES = { en: 'ltr', ur: 'rtl', sd: 'rtl', ps: 'rtl', pa: 'rtl', skr: 'rtl' };

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

/** What this origin keeps in the browser: names only. */
const kept = page =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(each => each.name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));

const waitingRoom = async url => {
  const page = await browser.open(url);
  await untilState(page, 'welcome');
  await press(page, 'join');
  await untilState(page, 'waiting');
  await until('the page to be kept', () => page.evaluate(() => caches.match('/c/').then(Boolean)));
  return page;
};

test('every language comes with its own page, from its own side, and no other one travels', async () => {
  for (const [language, dir] of Object.entries(LANGUAGES)) {
    const { patientUrl } = await server.consult({ patientName: 'زینب', language });
    const asked = [];
    const page = await browser.open(patientUrl, { watch: page => page.on('request', each => asked.push(each.url())) });
    await until(`the page in ${language}`, async () => (await state(page)) === 'welcome' || null);
    await until(
      'the name',
      async () => /زینب/.test(await page.evaluate(() => document.querySelector('h1').innerText)) || null,
    );
    const seen = await page.evaluate(() => ({
      ...document.documentElement.attributes,
      lang: document.documentElement.lang,
      dir: document.documentElement.dir,
      over: document.documentElement.scrollWidth > innerWidth,
    }));
    assert.deepEqual([seen.lang, seen.dir, seen.over], [language, dir, false]);
    assert.deepEqual(
      asked.filter(url => /words-/.test(url)),
      [],
    );
    await screenshots(page, `patient-welcome-${language}`);
    await page.close();
  }
});

test('the person chooses another language: it comes, stays, and the doctor is not asked', async () => {
  const { patientUrl } = await server.consult({ language: 'ur' });
  const page = await browser.open(patientUrl);
  await untilState(page, 'welcome');
  await page.select('[data-testid="language"]', 'sd');
  await until('Sindhi', async () => (await page.evaluate(() => document.documentElement.lang)) === 'sd' || null);
  await page.reload();
  await untilState(page, 'welcome');
  await until('Sindhi again', async () => (await page.evaluate(() => document.documentElement.lang)) === 'sd' || null);
  noPageErrors(page);
  await page.close();
});

test('a page out of the phone opens without any network, and a newer one takes its place', async () => {
  const { patientUrl } = await server.consult({ language: 'en' });
  const page = await waitingRoom(patientUrl);
  // As if an older build had been kept: it is what the next visit sees, and that visit replaces it.
  await page.evaluate(async () => {
    const cache = await caches.open('raabta');
    const page = await cache.match('/c/');
    const old = (await page.text()).replace(/data-build="\w+"/, 'data-build="older"');
    await cache.put('/c/', new Response(old, { headers: page.headers }));
  });
  const build = () => page.evaluate(() => document.documentElement.dataset.build);
  const keptBuild = () =>
    page.evaluate(async () => /data-build="(\w+)"/.exec(await (await caches.match('/c/')).text())[1]);
  await page.reload();
  assert.equal(await build(), 'older');
  await untilState(page, 'waiting');
  await until('the newer page to be kept', async () => (await keptBuild()) !== 'older' || null);
  await page.reload();
  assert.notEqual(await build(), 'older');
  await untilState(page, 'waiting');
  await page.close();

  await server.kill();
  const offline = await browser.open(patientUrl);
  await until('the page without a server', async () => (await state(offline)) !== undefined || null);
  await until(
    'words about the network',
    async () => /network/i.test(await offline.evaluate(() => document.body.innerText)) || null,
  );
  await offline.close();
  await server.restart();
});

test('a screen speaks after the first touch, and again on the button in the corner', async () => {
  const { patientUrl } = await server.consult({ language: 'ur' });
  const page = await waitingRoom(patientUrl);
  await until(
    'the waiting room to speak',
    async () => (await page.evaluate(() => document.documentElement.dataset.spoken)) === 'waiting' || null,
  );
  assert.equal(await offers(page, 'listen'), true);
  await page.evaluate(() => delete document.documentElement.dataset.spoken);
  await press(page, 'listen');
  await until(
    'it to speak again',
    async () => (await page.evaluate(() => document.documentElement.dataset.spoken)) === 'waiting' || null,
  );
  await page.close();
});

test('nothing is asked of a third host in a whole consultation, and after "erase" nothing is left', async () => {
  const asked = [];
  const consult = await server.consult({ patientName: 'Zainab', language: 'ur' });
  const watched = {
    open: url => browser.open(url, { watch: page => page.on('request', each => asked.push(each.url())) }),
  };
  const { patient, doctor } = await meet(server, { patient: watched, doctor: doctors }, { consult });
  await until('the page to be kept', () => patient.evaluate(() => caches.match('/c/').then(Boolean)));
  assert.equal(await offers(patient, 'erase'), false);
  assert.ok((await kept(patient)).local.length > 0);
  await end(doctor);
  await untilState(patient, 'ended');
  await screenshots(patient, 'patient-ended-ur');
  await press(patient, 'erase');
  await until('the words that it is done', () =>
    patient.evaluate(() => /مٹا دیا گیا/.test(document.body.innerText) || null),
  );
  assert.deepEqual(await kept(patient), { local: [], session: [], databases: [], caches: [], workers: 0 });
  const strangers = asked.filter(url => /^(http|ws)s?:/.test(url) && !url.startsWith(server.base));
  assert.deepEqual(strangers, []);
  noPageErrors(patient);
  await patient.close();
  await doctor.close();
});

test('with storage blocked the page works all the same', async () => {
  const { patientUrl } = await server.consult({ language: 'en' });
  const page = await browser.open(patientUrl, {
    watch: page =>
      page.evaluateOnNewDocument(() => {
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
          Object.defineProperty(window, name, {
            get() {
              throw new DOMException('blocked', 'SecurityError');
            },
          });
        Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined });
      }),
  });
  await untilState(page, 'welcome');
  await press(page, 'join');
  await untilState(page, 'waiting');
  noPageErrors(page);
  await page.close();
});
