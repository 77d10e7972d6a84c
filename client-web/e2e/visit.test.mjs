// What stays on the phone between visits, in which language the page comes, what it says aloud, and that nothing is left after
// "erase".
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { screenshots } from './lib/artifacts.mjs';
import { startCutter } from './lib/cutter.mjs';
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

test('a tap counts from the moment on at which the page can hear it, however slowly the rest comes', async () => {
  const { patientUrl } = await server.consult({ patientName: 'Zainab', language: 'ur' });
  const link = await startCutter(server.http);
  link.slow(3_000);
  const page = await browser.raw.newPage();
  try {
    const url = new URL(patientUrl);
    url.port = link.port;
    const loaded = page.goto(url.href, { timeout: 60_000 });
    const seen = () =>
      page.evaluate(() => {
        const button = document.querySelector('[data-testid="join"]');
        return button && { waits: button.disabled, words: button.innerText };
      });
    const early = await until('the button', seen);
    assert.deepEqual(early, { waits: true, words: '' }, 'on the screen before its script');
    await until('the button to hear', async () => (await seen()).waits === false || null);
    assert.notEqual((await seen()).words, '');
    await page.click('[data-testid="join"]');
    await untilState(page, 'waiting');
    await loaded;
  } finally {
    await page.close();
    await link.close();
  }
});

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
  // What comes later speaks it too, and another one as soon as that is chosen.
  await press(page, 'join');
  await untilState(page, 'waiting');
  const messages = language =>
    page.evaluate(wanted => {
      const words = document.querySelector('[data-testid="messages"] span');
      return words?.lang === wanted && words.innerText;
    }, language);
  assert.equal(await until('messages in Sindhi', () => messages('sd')), 'نياپا');
  await page.select('[data-testid="language"]', 'ps');
  assert.equal(await until('messages in Pashto', () => messages('ps')), 'پیغامونه');
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

test('what is only convenient is not loaded beside a call, but after it', async () => {
  const asked = [];
  let letGo;
  const inCall = new Promise(resolve => (letGo = resolve));
  const watch = async page => {
    await page.setRequestInterception(true);
    page.on('request', async request => {
      asked.push(request.url());
      // On a thin link the later script comes when the call has long begun.
      if (/\/assets\/patient-[0-9a-f]+\.js/.test(request.url())) await inCall;
      await request.continue();
    });
  };
  const { patient, doctor } = await meet(server, {
    patient: { open: url => browser.open(url, { watch }) },
    doctor: doctors,
  });
  letGo();
  await until('the later script', () => offers(patient, 'messages'));
  await new Promise(resolve => setTimeout(resolve, 3_000));
  const convenient = () => asked.filter(url => /patient-extras|worker/.test(url));
  assert.deepEqual(convenient(), []);
  await press(patient, 'leave');
  await until('it to be loaded', async () => convenient().length > 0);
  await end(doctor);
  await patient.close();
  await doctor.close();
});

test('what the patient agreed to by tapping is on record: words, language and time, before the doctor lets them in', async () => {
  const consult = await server.consult({ patientName: 'Zainab', language: 'ur' });
  let words;
  const { patient, doctor } = await meet(
    server,
    { patient: browser, doctor: doctors },
    {
      consult,
      // The page may come in the browser's language and go over to the patient's: whoever taps before that has read the former.
      async onWelcome(page) {
        words = await until('the words in Urdu', () =>
          page.evaluate(() => {
            const sentence = document.querySelector('[data-testid="consent-text"]');
            return sentence.lang === 'ur' ? sentence.textContent : null;
          }),
        );
      },
    },
  );
  await end(doctor);
  const report = await until('the report', async () => {
    const answer = await server.call('GET', `/api/consults/${consult.id}/report`, { key: server.clinicKey });
    return answer.status === 200 ? answer.body : null;
  });
  assert.equal(report.consents.length, 1);
  const [given] = report.consents;
  assert.equal(given.textSha256, createHash('sha256').update(words).digest('base64url'));
  assert.deepEqual([given.role, given.language], ['patient', 'ur']);
  assert.ok(given.at <= report.admittedAt, `${given.at} after ${report.admittedAt}`);
  await patient.close();
  await doctor.close();
});

test('a preview robot uses nothing up, and a second tab takes over from the first', async () => {
  const consult = await server.consult({ language: 'en' });
  for (const robot of ['WhatsApp/2.23.20.0', 'facebookexternalhit/1.1', 'TelegramBot (like TwitterBot)']) {
    const seen = await fetch(consult.patientUrl, { headers: { 'user-agent': robot } });
    assert.equal(seen.status, 200);
    assert.doesNotMatch(await seen.text(), new RegExp(consult.patientToken));
  }
  assert.equal((await server.consultState(consult.id)).state, 'created');
  const first = await waitingRoom(consult.patientUrl);
  const second = await browser.open(consult.patientUrl);
  await untilState(second, 'waiting');
  await untilState(first, 'error');
  await press(first, 'retry');
  await untilState(first, 'waiting');
  await untilState(second, 'error');
  // One of them may be loading anew: then there is nothing of it to be closed, and that is no failure.
  await Promise.allSettled([first.close(), second.close()]);
});

test('an in-app browser that never answers: a picture shows the way to Chrome, and one may go on without', async () => {
  const { patientUrl } = await server.consult({ language: 'en' });
  const page = await browser.open(patientUrl, {
    async watch(page) {
      await page.setUserAgent(
        'Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 [FB_IAB]',
      );
      await page.evaluateOnNewDocument(() => {
        navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined);
        // The 40 s that a person has for the question pass in one.
        const real = window.setTimeout;
        window.setTimeout = (act, ms, ...more) => real(act, ms === 40_000 ? 1_000 : ms, ...more);
      });
    },
  });
  await untilState(page, 'welcome');
  await press(page, 'join');
  await untilState(page, 'error');
  const way = await page.evaluate(() => ({
    link: document.querySelector('[data-testid="open-chrome"]').href,
    picture: document.querySelector('#m-art use').getAttribute('href'),
  }));
  assert.match(
    way.link,
    /^intent:\/\/127\.0\.0\.1:\d+\/c\/[\w-]{43}#Intent;scheme=https;package=com\.android\.chrome;end$/,
  );
  assert.equal(way.picture, '#p-browser');
  await screenshots(page, 'patient-in-app-browser');
  await press(page, 'without-microphone');
  await untilState(page, 'waiting');
  await page.close();
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
