// What a visit of the patient's page costs at the link, over TLS with a chain as heavy as those of the world. Prints every part.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeAuthority } from './lib/authority.mjs';
import { chromium, offers, state } from './lib/browsers.mjs';
import { startCounter } from './lib/counter.mjs';
import { startNat } from './lib/nat.mjs';
import { startServer } from './lib/server.mjs';
import { until } from './lib/wait.mjs';

/** IP bytes down until the waiting room stands, TLS and sockets included (docs/operations.md, "What a visit costs"). */
const FIRST_VISIT_BYTES = 30_000;
const FIRST_VISIT_REQUESTS = 3;
/** A second visit beyond what TLS, the call's own signalling and its transport take. */
const NEXT_VISIT_BYTES = 1_000;

// IPv4 and TCP with time stamps; every segment down carries them, and so does the acknowledgement of what goes up.
const HEADER_BYTES = 52;
const SEGMENT_BYTES = 1400;
const UDP_HEADER_BYTES = 28;

let authority, server, counter, nat, browser;
before(async () => {
  authority = makeAuthority();
  server = await startServer({
    mediaHost: '127.0.0.2',
    settings: [
      `https { certificate = "${authority.chain}", key = "${authority.key}" }`,
      'media { bind = "127.0.0.1", loops = 1 }',
    ].join('\n'),
  });
  nat = await startNat({
    listen: { host: '127.0.0.2', port: server.media },
    relay: { host: '127.0.0.1', port: server.media },
  });
  counter = await startCounter(server.https);
  browser = await chromium({ home: authority.home });
});
after(async () => {
  await browser?.remove();
  await counter?.close();
  await nat?.close();
  await server?.remove();
  authority?.remove();
});

const overIp = bytes => bytes + Math.ceil(bytes / SEGMENT_BYTES) * HEADER_BYTES;

/** Opens the link until page and server know of the waiting room, and on until the transport stands; answers what came down, by part. */
async function visit(url) {
  const before = counter.connections.length;
  counter.reset();
  nat.reset();
  const requests = [];
  const answers = new Map();
  let frames = 0;
  let knownMs;
  const page = await browser.open(url, {
    async watch(page) {
      await page.evaluateOnNewDocument(() => {
        new MutationObserver(() => {
          if (document.documentElement?.dataset.state === 'waiting') window.__stoodMs ??= Date.now();
        }).observe(document, { subtree: true, attributeFilter: ['data-state'] });
      });
      const cdp = await page.createCDPSession();
      await cdp.send('Network.enable');
      cdp.on('Network.requestWillBeSent', event => {
        if (/^https:/.test(event.request.url)) requests.push({ id: event.requestId, url: event.request.url });
      });
      cdp.on('Network.webSocketCreated', event => requests.push({ id: event.requestId, url: event.url }));
      cdp.on('Network.loadingFinished', event => answers.set(event.requestId, event.encodedDataLength));
      cdp.on('Network.webSocketFrameReceived', event => {
        frames += Buffer.byteLength(event.response.payloadData);
        if (event.response.payloadData.includes('"you":"waiting"')) knownMs ??= Date.now();
      });
    },
  });
  // On a next visit the page goes to the waiting room by itself.
  await until('the waiting room', async () => {
    if ((await state(page)) === 'waiting') return knownMs ?? null;
    if (await offers(page, 'join')) await page.evaluate(() => document.querySelector('[data-testid="join"]').click());
    return null;
  });
  const connections = counter.connections.slice(before).filter(each => each.down > 0);
  const sums = connections.map(each => ({ ...each }));
  // What came after the moment itself is not for the waiting room; this test sees it later than the page does.
  const udp = nat.downUntil(Math.max(knownMs, await page.evaluate(() => window.__stoodMs)));
  const asked = requests.slice();
  await until('the transport', () =>
    page.evaluate(async () => (await window.__probe.stats())?.connection === 'connected' || null),
  );
  const whole = nat.bytes();
  const http = asked.reduce((sum, each) => sum + (answers.get(each.id) ?? 0), 0);
  const tcp = sums.reduce((sum, each) => sum + each.down, 0);
  const link = sums.reduce((sum, each) => sum + overIp(each.down), 0) + udp.down + udp.packetsDown * UDP_HEADER_BYTES;
  const parts = {
    'page and other answers (headers and brotli)': http,
    'frames of the control socket, as text': frames,
    'TLS, HTTP/2 and what compression spares of the frames': tcp - http - frames,
    'TCP and IP headers': sums.reduce((sum, each) => sum + overIp(each.down) - each.down, 0),
    'ICE and DTLS with their headers, so far': udp.down + udp.packetsDown * UDP_HEADER_BYTES,
    'all at the link': link,
    'ICE and DTLS with their headers, until connected': whole.down + whole.packetsDown * UDP_HEADER_BYTES,
    'up, TCP without headers': sums.reduce((sum, each) => sum + each.up, 0),
  };
  return { page, parts, link, http, requests: asked.map(each => new URL(each.url).pathname), connections: sums };
}

function print(t, name, seen) {
  t.diagnostic(
    `${name}: ${seen.requests.length} requests on ${seen.connections.length} connections (${seen.connections.map(each => `${each.down} down, ${each.up} up`).join('; ')}): ${seen.requests.map(p => p.slice(0, 12)).join(' ')}`,
  );
  for (const [part, bytes] of Object.entries(seen.parts)) t.diagnostic(`  ${String(bytes).padStart(6)} B  ${part}`);
}

/** What a connection carries that only shook hands: browsers open a second one before they know that one is enough. */
const handshakeBytes = () => authority.bytes + 800;

/** Beyond TLS and the call: the page and whatever else was asked for over HTTP. */
test('the first visit and the next one', async t => {
  t.diagnostic(`the chain has ${authority.bytes} bytes`);
  const { patientToken } = await server.consult({ patientName: 'Zainab', language: 'ur' });
  const url = `https://localhost:${counter.port}/c/${patientToken}`;
  const first = await visit(url);
  print(t, 'first visit', first);
  assert.ok(first.link <= FIRST_VISIT_BYTES, `${first.link} bytes, more than ${FIRST_VISIT_BYTES}`);
  assert.ok(first.requests.length <= FIRST_VISIT_REQUESTS, first.requests.join(' '));
  const idle = first.connections.filter(each => each.down <= handshakeBytes());
  assert.equal(first.connections.length - idle.length, 1, 'page and control socket share one connection');
  assert.equal(await first.page.evaluate(() => document.documentElement.lang), 'ur');

  await until('the page to be kept', () => first.page.evaluate(() => caches.match('/c/').then(Boolean)));
  await until('the worker to have the page', () =>
    first.page.evaluate(() => navigator.serviceWorker.ready.then(ready => ready.active?.state === 'activated')),
  );
  await first.page.close();
  // The browser closes what is idle when it likes; a patient comes back on a new connection.
  await server.stop();
  await server.restart();
  const next = await visit(url);
  print(t, 'next visit', next);
  assert.ok(next.http <= NEXT_VISIT_BYTES, `${next.http} bytes beyond TLS and the call, more than ${NEXT_VISIT_BYTES}`);
  assert.ok(next.link <= first.link / 2, `${next.link} bytes, more than half of ${first.link}`);
  await next.page.close();
});
