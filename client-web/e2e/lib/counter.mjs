// Counts what passes: a TCP forwarder per connection, without understanding TLS.
import net from 'node:net';

export async function startCounter(target) {
  const connections = [];
  const sockets = new Set();
  const server = net.createServer(near => {
    const far = net.connect(target, '127.0.0.1');
    const connection = { up: 0, down: 0, head: '', reply: '' };
    connections.push(connection);
    near.on('data', chunk => {
      connection.up += chunk.length;
      if (connection.head.length < 4096) connection.head += chunk.toString('latin1');
    });
    far.on('data', chunk => {
      connection.down += chunk.length;
      if (connection.reply.length < 4096) connection.reply += chunk.toString('latin1');
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ]) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    connections,
    /** Starts counting anew; connections that are open go on uncounted. */
    reset: () => connections.splice(0),
    total: () =>
      connections.reduce((sum, each) => ({ up: sum.up + each.up, down: sum.down + each.down }), { up: 0, down: 0 }),
    async close() {
      sockets.forEach(socket => socket.destroy());
      await new Promise(resolve => server.close(resolve));
    },
  };
}
