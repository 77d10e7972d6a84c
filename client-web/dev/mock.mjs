// A stand-in for the server: serves the built pages and plays the control socket's part as told. For looking at pages by
// hand and for dev/states.mjs; media goes nowhere, but the first bytes of what arrives on the UDP port are counted.
import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';

const web = fileURLToPath(new URL('../target/web/', import.meta.url));

/** Kind of a datagram by its first byte (RFC 7983). */
const kind = first =>
  first < 4 ? 'stun' : first >= 20 && first <= 63 ? 'dtls' : first >= 128 && first <= 191 ? 'rtp' : 'other';

export async function startMock({
  host = '127.0.0.1',
  media = host,
  name,
  lang,
  fp = 'A'.repeat(43),
  udpPort = 0,
  relay,
} = {}) {
  const counts = { stun: 0, dtls: 0, rtp: 0, other: 0 };
  const udp = createSocket('udp4', bytes => counts[kind(bytes[0])]++);
  await new Promise(done => udp.bind(udpPort, done));
  const mock = {
    counts,
    /** What `GET /api/links` says; 200 lets sockets in. */
    link: { status: 200, type: '' },
    consult: 'created',
    sockets: new Map(),
    received: [],
    run: 'run1',
    send: (role, message) => mock.sockets.get(role)?.send(JSON.stringify(message)),
    cut: role => mock.sockets.get(role)?.terminate(),
    url: '',
    stop: () => {
      for (const ws of mock.sockets.values()) ws.terminate();
      udp.close();
      server.closeAllConnections();
      return new Promise(done => server.close(done));
    },
  };
  const server = createServer(async (request, response) => {
    const path = request.url.split('?')[0];
    const page = { c: 'patient.html', d: 'doctor.html' }[path.split('/')[1]];
    if (page) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(await readFile(web + page));
    } else if (path.startsWith('/api/links/')) {
      response.statusCode = mock.link.status;
      response.setHeader('Content-Type', 'application/problem+json');
      response.end(JSON.stringify({ type: mock.link.type }));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (mock.link.status !== 200 || mock.unreachable) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, ws => {
      const role = request.url.includes('/s/DOC') ? 'doctor' : 'patient';
      mock.sockets.set(role, ws);
      const address = relay ?? { host: media, udp: udp.address().port, fp };
      const send = message => ws.send(JSON.stringify(message));
      send({
        t: 'welcome',
        role,
        leg: `${role[0]}-mock`,
        state: mock.consult,
        name,
        lang,
        relay: { ...address, run: mock.run },
      });
      ws.on('message', data => {
        const message = JSON.parse(data.toString());
        mock.received.push({ role, ...message });
        if (message.t === 'offer') send({ t: 'answer', gen: message.gen });
      });
    });
  });
  await new Promise(done => server.listen(0, host, done));
  mock.url = `http://${host}:${server.address().port}`;
  return mock;
}
