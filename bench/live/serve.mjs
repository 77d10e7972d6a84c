// What a plain browser-to-browser call needs of a server: its page, and a room in which messages are passed on.
// Also serves the page that talks to Janus, which needs the page only.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createInterface } from 'node:readline';
import { WebSocketServer } from 'ws';

const [host, port, page, certificate, key] = process.argv.slice(2);
const html = readFileSync(page);

const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (request, response) => {
  if (request.method !== 'GET' || new URL(request.url, 'https://x').pathname !== '/') {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html);
});

const room = new Set();
new WebSocketServer({ server, path: '/room', maxPayload: 65_536 }).on('connection', (socket) => {
  const others = () => [...room].filter((other) => other !== socket);
  room.add(socket);
  socket.on('message', (message) => others().forEach((other) => other.send(message.toString())));
  socket.on('close', () => room.delete(socket));
  socket.on('error', () => socket.terminate());
});

server.listen(Number(port), host, () => console.log(`ready https://${host}:${server.address().port}/`));
server.on('error', (error) => {
  console.log(`failed ${error.message}`);
  process.exit(1);
});
createInterface({ input: process.stdin }).on('close', () => process.exit(0));
