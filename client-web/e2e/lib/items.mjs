// What tests of photos, recorded words and messages need: pictures as phones make them, and what the server holds.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { until } from './wait.mjs';

/** A page's largest chunk (docs/protocol.md). */
const CHUNK_BYTES = 400;

export const sha = bytes => createHash('sha256').update(bytes).digest('base64url');

/** The place that a phone writes into its pictures, for tests to look for. */
export const PLACE = '31.5204N 74.3587E';

/** An APP1 segment with EXIF: a TIFF with an empty directory, and text as a phone's maker adds it. */
function exif() {
  const body = Buffer.concat([
    Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0', 'latin1'),
    Buffer.from(`GPS ${PLACE} of a telephone`),
  ]);
  return Buffer.concat([Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]), body]);
}

/** A JPEG file of marks on skin colour, drawn by a browser, with the place in it. `blur` in pixels, `light` 0 to 1. */
export async function photoFile(browser, { width = 1600, height = 1200, blur = 0, light = 1, seed = 1 } = {}) {
  const page = await browser.raw.newPage();
  const url = await page.evaluate(
    (width, height, blur, light, seed) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const g = canvas.getContext('2d');
      const colour = (h, s, l) => `hsl(${h} ${s}% ${l * light}%)`;
      g.fillStyle = colour(25, 55, 70);
      g.fillRect(-50, -50, width + 100, height + 100);
      for (let i = 1; i < 4000; i++) {
        g.fillStyle = colour((i * 37 * seed) % 50, 50, 25 + (i % 55));
        g.fillRect((i * 7919 * seed) % width, (i * 104_729) % height, 9, 7);
      }
      if (blur > 0) {
        // Small and large again is a lens out of focus, quickly.
        const small = document.createElement('canvas');
        [small.width, small.height] = [width / blur, height / blur];
        small.getContext('2d').drawImage(canvas, 0, 0, small.width, small.height);
        g.imageSmoothingQuality = 'high';
        g.drawImage(small, 0, 0, width, height);
      }
      return canvas.toDataURL('image/jpeg', 0.95);
    },
    width,
    height,
    blur,
    light,
    seed,
  );
  await page.close();
  const drawn = Buffer.from(url.split(',')[1], 'base64');
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'raabta-photo-')), `photo-${seed}.jpg`);
  fs.writeFileSync(file, Buffer.concat([drawn.subarray(0, 2), exif(), drawn.subarray(2)]));
  return file;
}

/** Keeps account of the items that a page sends, before its own scripts run. */
export async function countSent(page) {
  await page.evaluateOnNewDocument(() => {
    const items = {};
    let numbers = {};
    window.__sent = 0;
    window.__items = items;
    const seen = (item, n) => {
      const at = items[numbers[n]];
      if (at) item(at);
    };
    const Native = window.WebSocket;
    window.WebSocket = class extends Native {
      constructor(...where) {
        super(...where);
        numbers = {};
        this.addEventListener('message', ({ data }) => {
          if (typeof data === 'string') {
            const m = JSON.parse(data);
            // From where the server has it go on, and what had left the page by then.
            const at = items[m.id];
            if (m.t === 'go' && at) at.went.push({ off: m.off, sent: at.sent, acked: at.acked });
            return;
          }
          const frame = new Uint8Array(data);
          const offset = (frame[1] << 16) | (frame[2] << 8) | frame[3];
          if (frame[0] & 0x80) seen(item => (item.acked = Math.max(item.acked, offset)), frame[0] & 0x7f);
        });
      }
      send(frame) {
        if (typeof frame === 'string') {
          const m = JSON.parse(frame);
          if (m.t === 'put') {
            numbers[m.n] = m.id;
            items[m.id] ??= { kind: m.kind, bytes: m.bytes, sent: 0, acked: 0, went: [] };
          }
        } else if (!(frame[0] & 0x80)) {
          // Chunks, not acknowledgements.
          window.__sent += frame.byteLength - 4;
          seen(item => (item.sent += frame.byteLength - 4), frame[0]);
        }
        return super.send(frame);
      }
    };
    // The way without a socket.
    const go = window.fetch;
    window.fetch = async (where, how) => {
      const item = how?.method === 'PATCH' ? items[String(where).split('/').at(-1)] : undefined;
      if (item) {
        window.__sent += how.body.byteLength;
        item.went.push({
          off: Number(new Headers(how.headers).get('upload-offset')),
          sent: item.sent,
          acked: item.acked,
        });
        item.sent += how.body.byteLength;
      }
      const answer = await go(where, how);
      if (item && answer.ok) item.acked = Number(answer.headers.get('upload-offset'));
      return answer;
    };
  });
}

export const sentBytes = page => page.evaluate(() => window.__sent);

/** What the page has sent of an item of this kind: `sent` in all, `acked` by the server; and each time that it `went` on, from where. */
export const sentOf = (page, kind) =>
  page.evaluate(wanted => Object.values(window.__items).find(item => item.kind === wanted), kind);

/** Sent twice is at most a chunk and what was in flight each time that it had to go on: nothing that the server said it has. */
export function nothingForNothing(item, bytes) {
  const lost = item.went.map(({ off, sent, acked }) => ({
    again: Math.max(0, sent - off),
    flight: sent - acked,
    off,
    acked,
  }));
  for (const { off, acked } of lost) assert.ok(off >= acked, `from ${off}, where ${acked} was there`);
  const most = Math.max(...lost.map(({ flight }) => flight), 0);
  const twice = item.sent - bytes;
  assert.ok(twice <= most + CHUNK_BYTES, `${twice} bytes twice, ${most} were in flight: ${JSON.stringify(item)}`);
  return `${item.sent} of ${bytes} bytes sent, ${most} were in flight`;
}

export async function timeline(server, token) {
  const entries = new Map();
  for (let from = 0; ;) {
    const { status, body } = await server.call('GET', `/api/timeline?from=${from}`, { token });
    if (status !== 200) throw new Error(`timeline: ${status} ${JSON.stringify(body)}`);
    for (const entry of body.e) entries.set(entry.i, { ...entries.get(entry.i), ...entry });
    from = Math.max(from, ...body.e.map(entry => entry.v));
    if (!body.more) return [...entries.values()].sort((a, b) => a.i - b.i);
  }
}

/** Waits until the time line has such an entry. */
export const untilEntry = (server, token, what, wanted, options) =>
  until(
    `an entry: ${what}`,
    async () => {
      const entries = await timeline(server, token);
      const found = entries.find(wanted);
      if (found) return found;
      throw new Error(JSON.stringify(entries.filter(entry => entry.k !== 'event')));
    },
    options,
  );

/** The bytes of a finished item, as this person may have them. */
export async function item(server, token, id) {
  const response = await fetch(`${server.base}/api/transfers/${id}`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`item ${id}: ${response.status} ${await response.text()}`);
  return { type: response.headers.get('content-type'), bytes: Buffer.from(await response.arrayBuffer()) };
}

/** The rows of the page's time line, without events. */
export const rows = page =>
  page.evaluate(() =>
    [...document.querySelectorAll('.panel ol li:not(.event)')].map(row => ({
      kind: row.dataset.kind,
      s: row.dataset.s,
      here: row.dataset.here,
      mine: row.classList.contains('mine'),
      text: row.innerText.replace(/\s+/g, ' '),
    })),
  );

export const untilRow = (page, what, wanted, options) =>
  until(
    `a row: ${what}`,
    async () => {
      const all = await rows(page);
      const found = all.find(wanted);
      if (found) return found;
      throw new Error(`${JSON.stringify(all)}; ${page.errors}`);
    },
    options,
  );

/** The patient's photo, from the file to the press of "send". */
export async function sendPhoto(page, file) {
  await until('the photo sheet', () => page.evaluate(() => document.querySelector('.photo-sheet')?.hidden === false));
  const input = await page.$('[data-testid="photo-file"]');
  await input.uploadFile(file);
  await until(
    'the photo to be ready',
    () => page.evaluate(() => document.querySelector('[data-testid="photo-send"]')?.getClientRects().length > 0),
    { seconds: 60 },
  );
  await page.evaluate(() => document.querySelector('[data-testid="photo-send"]').click());
}
