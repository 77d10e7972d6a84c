// A NAT between a browser and the relay whose mapping can change under a running call.
import dgram from 'node:dgram';

/**
 * Listens where clients are told that the relay is and passes datagrams on to where it really is. Each client has a
 * socket of its own towards the relay; `remap()` replaces those sockets: from then on the relay sees new source ports,
 * and what it sends to the old ones is lost, as when a phone changes from one network to another.
 */
export async function startNat({ listen, relay }) {
  const inside = dgram.createSocket('udp4');
  const outside = new Map();
  const bytes = { up: 0, down: 0, packetsUp: 0, packetsDown: 0 };
  let downs = [];

  async function mapping(client) {
    const socket = dgram.createSocket('udp4');
    socket.on('message', datagram => {
      bytes.down += datagram.length;
      bytes.packetsDown += 1;
      downs.push({ atMs: Date.now(), bytes: datagram.length });
      inside.send(datagram, client.port, client.address);
    });
    await new Promise(resolve => socket.bind(0, relay.host, resolve));
    return socket;
  }

  inside.on('message', async (datagram, from) => {
    bytes.up += datagram.length;
    bytes.packetsUp += 1;
    const key = `${from.address}:${from.port}`;
    if (!outside.has(key)) outside.set(key, { client: from, socket: mapping(from) });
    const socket = await outside.get(key).socket;
    socket.send(datagram, relay.port, relay.host);
  });
  await new Promise((resolve, reject) => inside.once('error', reject).bind(listen.port, listen.host, resolve));

  return {
    /** New source ports for every client, or for the one whose mapping is on this port of the relay's side. */
    async remap(port) {
      for (const entry of outside.values()) {
        const old = await entry.socket;
        if (port !== undefined && old.address().port !== port) continue;
        const fresh = mapping(entry.client);
        entry.socket = fresh;
        await fresh;
        old.close();
      }
    },
    /** What has passed so far, as UDP payload. */
    bytes: () => ({ ...bytes }),
    /** Down, up to this moment (ms since 1970). */
    downUntil(ms) {
      const seen = downs.filter(each => each.atMs <= ms);
      return { down: seen.reduce((sum, each) => sum + each.bytes, 0), packetsDown: seen.length };
    },
    /** Starts counting anew. */
    reset() {
      downs = [];
      Object.assign(bytes, { up: 0, down: 0, packetsUp: 0, packetsDown: 0 });
    },
    async clients() {
      return Promise.all(
        [...outside.values()].map(async ({ client, socket }) => ({
          browserPort: client.port,
          relaySees: (await socket).address().port,
        })),
      );
    },
    async close() {
      for (const { socket } of outside.values()) (await socket).close();
      inside.close();
    },
  };
}
