// A TCP forwarder that can be cut, and be slow: it drops what is open and refuses what comes.
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

// About what a packet holds.
const PIECE = 1_400;

export async function startCutter(target) {
  const pairs = new Set();
  const server = net.createServer(accept);
  let port = 0;
  let bytesPerSecond = Infinity;

  /** Passes on what comes, no faster than told; a line of its own for each connection and direction. */
  function pour(from, to) {
    from.on('data', chunk => {
      if (bytesPerSecond === Infinity) return to.write(chunk);
      from.pause();
      drip(chunk, to).then(() => from.resume());
    });
    from.on('end', () => to.end());
  }

  async function drip(chunk, to) {
    for (let from = 0; from < chunk.length; from += PIECE) {
      const piece = chunk.subarray(from, from + PIECE);
      to.write(piece);
      await sleep((1000 * piece.length) / bytesPerSecond);
    }
  }

  function accept(near) {
    const far = net.connect(target, '127.0.0.1');
    const pair = [near, far];
    pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ]) {
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
      pour(from, to);
    }
  }

  const listen = () =>
    new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  await listen();
  port = server.address().port;

  return {
    port,
    /** How many connections pass now. */
    open: () => pairs.size,
    async cut() {
      const closed = new Promise(resolve => server.close(resolve));
      pairs.forEach(pair => pair.forEach(socket => socket.destroy()));
      await closed;
    },
    mend: listen,
    slow: rate => (bytesPerSecond = rate),
    async close() {
      if (server.listening) await this.cut();
    },
  };
}
