// A stand-in for the server: serves the built pages and plays the control socket's part as told; the transport really
// connects (lite.mjs), but nobody is at the other end. For looking at pages by hand and for dev/states.mjs.
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { mockItems } from './items.mjs';
import { startLite } from './lite.mjs';

const web = fileURLToPath(new URL('../target/web/', import.meta.url));

const mac = (token, text) => createHmac('sha256', token).update(text).digest('base64');

export const TOKENS = { patient: 'E' + 'A'.repeat(42), doctor: 'ER' + 'A'.repeat(41) };

/** @param media the address of this machine that pages are told */
export async function startMock({ media = '127.0.0.1', name, lang, port = 0 } = {}) {
  const instances = new Map();
  const lite = await startLite(ufrag => {
    const [base, gen] = [ufrag.slice(0, 8), parseInt(ufrag.slice(8), 36)];
    const found = instances.get(base);
    return found && mac(found.token, `raabta pwd ${found.instance} ${gen}`).slice(0, 24);
  }, media);
  const mock = {
    lite,
    /** What `GET /api/links` says; 200 lets sockets in. */
    link: { status: 200, type: '' },
    /** Sockets and calls fail as if there were no network. */
    unreachable: false,
    consult: 'created',
    legs: [],
    run: 'run1',
    sockets: new Map(),
    received: [],
    items: mockItems(),
    /** What every page is told to send from its first message on; undefined leaves pages at their own beginning. */
    command: { t: 'send', n: 1, a: { br: 20000, pt: 40 }, v: { kbps: 120, fps: 15, h: 240 } },
    send: (role, message) => mock.sockets.get(role)?.send(JSON.stringify(message)),
    close: (role, code) => mock.sockets.get(role)?.close(code),
    cut: role => mock.sockets.get(role)?.terminate(),
    state: (state, legs = mock.legs) => {
      [mock.consult, mock.legs] = [state, legs];
      for (const role of mock.sockets.keys()) mock.send(role, { t: 'state', state, legs });
    },
    url: '',
    stop,
  };
  const server = createServer(onRequest);
  const upgrades = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (mock.link.status !== 200 || mock.unreachable) socket.destroy();
    else upgrades.handleUpgrade(request, socket, head, ws => onSocket(ws, new URL(request.url, 'http://x')));
  });

  async function onRequest(request, response) {
    const path = request.url.split('?')[0];
    const page = { c: 'patient.html', d: 'doctor.html' }[path.split('/')[1]];
    if (page) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      const { script, style } = JSON.parse(await readFile(web + 'manifest.json', 'utf8')).pages[page];
      response.setHeader(
        'Content-Security-Policy',
        `default-src 'none'; script-src 'self' ${script}; style-src 'self' ${style}; img-src blob: data:; media-src blob:; connect-src 'self'`,
      );
      response.end(await readFile(web + page));
    } else if (path.startsWith('/assets/')) {
      response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
      response.end(await readFile(web + path.slice(1)).catch(() => ''));
    } else if (mock.unreachable) {
      request.socket.destroy();
    } else {
      response.statusCode = path.startsWith('/api/links/') ? mock.link.status : 404;
      response.end(JSON.stringify({ type: mock.link.type }));
    }
  }

  function onSocket(ws, url) {
    const [token, instance] = [url.pathname.split('/').pop(), url.searchParams.get('k')];
    const role = token === TOKENS.doctor ? 'doctor' : 'patient';
    instances.set(mac(token, `raabta ufrag ${instance}`).slice(0, 8), { token, instance });
    mock.sockets.set(role, ws);
    const send = message => ws.send(JSON.stringify(message));
    const relay = { host: media, udp: lite.port, fp: lite.fp, run: mock.run };
    send({ t: 'welcome', role, leg: `${role[0]}-mock`, state: mock.consult, name, lang, relay });
    send({ t: 'state', state: mock.consult, legs: mock.legs });
    if (mock.command) send(mock.command);
    const items = mock.items.join(role, send, frame => ws.send(frame));
    ws.on('message', (data, binary) => {
      if (binary) {
        items.binary(data);
        return;
      }
      const message = JSON.parse(data.toString());
      mock.received.push({ role, ...message });
      items.message(message);
      if (message.t === 'offer') send({ t: 'answer', gen: message.gen });
    });
  }

  async function stop() {
    for (const ws of mock.sockets.values()) ws.terminate();
    server.closeAllConnections();
    await new Promise(done => server.close(done));
    await lite.stop();
  }

  await new Promise(done => server.listen(port, '127.0.0.1', done));
  mock.url = `http://127.0.0.1:${server.address().port}`;
  return mock;
}
