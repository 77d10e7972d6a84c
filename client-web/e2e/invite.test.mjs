// The invitation in the doctor's console, and the card as a printer prints it and a camera reads it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { artifacts, screenshots } from './lib/artifacts.mjs';
import { chromium, press } from './lib/browsers.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

const DECODER = fileURLToPath(new URL('./node_modules/jsqr/dist/jsQR.js', import.meta.url));
const A5_MM = { width: 148, height: 210 };
const POINTS_PER_MM = 72 / 25.4;

let server, browser;
before(async () => {
  server = await startServer({
    settings: 'clinic { name = "Rural Health Centre, Chak 45", time-zone = Asia/Karachi }',
  });
  browser = await chromium();
  await browser.raw.defaultBrowserContext().overridePermissions(server.base, ['clipboard-read', 'clipboard-write']);
});
after(async () => {
  await browser?.remove();
  await server?.remove();
});

/** What the code in a PNG says, or undefined. */
async function decoded(png) {
  const page = await browser.raw.newPage();
  try {
    await page.addScriptTag({ content: fs.readFileSync(DECODER, 'utf8') });
    return await page.evaluate(
      async url => {
        const picture = new Image();
        picture.src = url;
        await picture.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [picture.width, picture.height];
        const g = canvas.getContext('2d');
        g.drawImage(picture, 0, 0);
        const { data, width, height } = g.getImageData(0, 0, canvas.width, canvas.height);
        return window.jsQR(data, width, height)?.data;
      },
      `data:image/png;base64,${png.toString('base64')}`,
    );
  } finally {
    await page.close();
  }
}

/** The PDF's pages as pictures, and their sizes in points. */
function rasterised(pdf, name) {
  const file = path.join(artifacts, 'screens', `${name}.pdf`);
  fs.writeFileSync(file, pdf);
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  const png = file.replace(/\.pdf$/, '.png');
  execFileSync('pdftoppm', ['-png', '-r', '120', '-singlefile', file, png.replace(/\.png$/, '')]);
  const [, width, height] = info.match(/Page size:\s+([\d.]+) x ([\d.]+)/);
  return { pages: Number(info.match(/Pages:\s+(\d+)/)[1]), width: Number(width), height: Number(height), png };
}

test('the console leads to the invitation: link, sign, SMS, WhatsApp and card', async () => {
  const consult = await server.consult({ patientName: 'Zainab', language: 'ur' });
  const doctor = await browser.open(consult.doctorUrl);
  const opened = new Promise(resolve => browser.raw.once('targetcreated', resolve));
  await press(doctor, 'invite');
  const page = await (await opened).page();
  await page.waitForSelector('[data-testid="link"]');
  assert.equal(await page.$eval('[data-testid="link"]', input => input.value), consult.patientUrl);
  await page.bringToFront();
  await page.click('[data-testid="copy"]');
  await until(
    'the link to be copied',
    async () => (await page.evaluate(() => navigator.clipboard.readText())) === consult.patientUrl,
  );
  assert.match(await page.$eval('[data-testid="copy"]', button => button.textContent), /Copied/);
  for (const [id, start] of [
    ['sms', 'sms:?&body='],
    ['whatsapp', 'https://wa.me/?text='],
  ]) {
    const href = await page.$eval(`[data-testid="${id}"]`, link => link.href);
    assert.ok(href.startsWith(start), href);
    const text = decodeURIComponent(href.slice(start.length));
    assert.ok(
      text.startsWith('Rural Health Centre') && text.includes('ڈاکٹر') && text.endsWith(consult.patientUrl),
      text,
    );
  }
  const sign = await (await page.$('[data-testid="qr"]')).screenshot();
  assert.equal(await decoded(Buffer.from(sign)), consult.patientUrl);
  await screenshots(page, 'invite-en');
  await page.goto(`${consult.doctorUrl}/invite?l=ur&p=ur`);
  await screenshots(page, 'invite-ur');
  await page.close();
  await screenshots(doctor, 'doctor-with-invitation');
  assert.deepEqual(doctor.errors, []);
  await doctor.close();
});

for (const language of ['en', 'ur', 'sd']) {
  test(`the card in ${language} is one A5 page, and a decoder finds the patient's link on it`, async () => {
    const opensAt = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z/, 'Z');
    const consult = await server.consult({ patientName: 'Zainab', language, opensAt });
    const page = await browser.raw.newPage();
    await page.goto(`${consult.doctorUrl}/card`);
    assert.equal(await page.$eval('html', html => html.lang), language);
    const cut = await page.$eval('.card', card => card.scrollHeight - card.clientHeight);
    const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, printBackground: false }));
    const { pages, width, height, png } = rasterised(pdf, `card-${language}`);
    assert.equal(pages, 1);
    assert.ok(Math.abs(width - A5_MM.width * POINTS_PER_MM) < 2, `${width} points wide`);
    assert.ok(Math.abs(height - A5_MM.height * POINTS_PER_MM) < 2, `${height} points high`);
    assert.equal(await decoded(fs.readFileSync(png)), consult.patientUrl);
    assert.ok(cut <= 1, `${cut} pixels of the card do not fit`);
    await screenshots(page, `card-${language}`);
    await page.close();
  });
}

test('of a consultation that is over there is nothing to hand out', async () => {
  const consult = await server.consult();
  await server.call('POST', `/api/consults/${consult.id}/end`, { key: server.clinicKey });
  const page = await browser.raw.newPage();
  assert.equal((await page.goto(`${consult.doctorUrl}/card`)).status(), 410);
  assert.equal(await page.$('[data-testid="qr"]'), null);
  await page.close();
});

test('phone and line can be tried without a doctor, in a language of choice, spoken, for less than 60 kB', async () => {
  const consult = await server.consult({ patientName: 'Zainab', language: 'ur' });
  const invitation = await browser.open(`${consult.doctorUrl}/invite`);
  const url = await invitation.$eval('[data-testid="try-link"]', link => link.href);
  await invitation.close();
  const page = await browser.open(url);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'ur');
  await screenshots(page, 'try-ready-ur');
  await press(page, 'try');
  await until('a verdict', () => page.evaluate(() => document.documentElement.dataset.state === 'done' || null));
  await until('it to be spoken', () =>
    page.evaluate(() => document.documentElement.dataset.spoken === 'try-picture' || null),
  );
  const marks = await page.$$eval('#marks li > svg:last-child', all => all.map(each => each.getAttribute('class')));
  assert.deepEqual(marks, ['yes', 'yes', 'yes', 'yes']);
  const bytes = await page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce(
      (sum, entry) => sum + entry.transferSize,
      0,
    ),
  );
  assert.ok(bytes > 24_000 && bytes + 6_000 < 55_000, `${bytes} bytes down`);
  await screenshots(page, 'try-done-ur');
  await page.close();
});
