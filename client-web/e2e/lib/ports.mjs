// Free ports on loopback, found before the server starts so that it can be started again on the same ones.
import { randomInt } from 'node:crypto';
import dgram from 'node:dgram';
import net from 'node:net';
import os from 'node:os';

// Below the ports that systems hand out to outgoing connections: nobody takes one by chance while the server is down.
const lowest = 10_000;
const highest = 30_000;

/** Draws ports until `take` gets what it needs from one. */
async function drawn(take) {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(lowest, highest);
    if (await take(port)) return port;
  }
  throw new Error('no free ports found');
}

export const freeTcpPort = () =>
  drawn(async port => {
    const server = net.createServer();
    const free = await new Promise(resolve =>
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)),
    );
    await new Promise(resolve => server.close(resolve));
    return free;
  });

/** A UDP port followed by enough free ones for every event loop of the relay. */
export const freeUdpPorts = (count = 16) =>
  drawn(async first => {
    const sockets = [];
    try {
      for (let i = 0; i < count; i++) sockets.push(await bound(first + i));
      return true;
    } catch {
      return false;
    } finally {
      await Promise.all(sockets.map(socket => new Promise(resolve => socket.close(resolve))));
    }
  });

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
