// Free ports on loopback, found before the server starts so that it can be started again on the same ones.
import dgram from 'node:dgram';
import net from 'node:net';
import os from 'node:os';

export async function freeTcpPort() {
  const server = net.createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** A UDP port followed by enough free ones for every event loop of the relay. */
export async function freeUdpPorts(count = 16) {
  for (;;) {
    const first = await bound(0);
    const base = first.address().port;
    const rest = [];
    try {
      for (let i = 1; i < count; i++) rest.push(await bound(base + i));
      return base;
    } catch {
      // one of them is taken: try elsewhere
    } finally {
      await Promise.all([first, ...rest].map(socket => new Promise(resolve => socket.close(resolve))));
    }
  }
}

function bound(port) {
  const socket = dgram.createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', () => resolve(socket));
  });
}

/** An IPv4 address of this machine that is not loopback, if it has one. */
export function ownAddress() {
  return Object.values(os.networkInterfaces())
    .flat()
    .find(each => each.family === 'IPv4' && !each.internal)?.address;
}
