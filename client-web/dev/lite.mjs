// The least that lets a page's transport connect: answers ICE checks (RFC 8445, lite) under the derived credentials and
// hands DTLS to `openssl s_server`. Media is counted and dropped. For looking at pages; the real thing is the relay.
import { execFileSync, spawn } from 'node:child_process';
import { createHmac, X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

const MAGIC = 0x2112a442;

/** Kind of a datagram by its first byte (RFC 7983). */
const kindOf = first =>
  first < 4 ? 'stun' : first >= 20 && first <= 63 ? 'dtls' : first >= 128 && first <= 191 ? 'rtp' : 'other';

function attributes(message) {
  const found = new Map();
  for (let at = 20; at + 4 <= message.length;) {
    const length = message.readUInt16BE(at + 2);
    found.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length));
    at += 4 + ((length + 3) & ~3);
  }
  return found;
}

function attribute(type, value) {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}

/** A binding response with the mapped address, integrity and fingerprint (RFC 8489, sections 14.2, 14.5 and 14.7). */
function response(request, from, password) {
  const mapped = Buffer.alloc(8);
  mapped.writeUInt16BE(1, 0);
  mapped.writeUInt16BE(from.port ^ (MAGIC >>> 16), 2);
  mapped.writeUInt32BE((from.address.split('.').reduce((n, part) => n * 256 + Number(part), 0) ^ MAGIC) >>> 0, 4);
  const head = Buffer.from(request.subarray(0, 20));
  head.writeUInt16BE(0x0101, 0);
  const body = attribute(0x0020, mapped);
  head.writeUInt16BE(body.length + 24, 2);
  const integrity = attribute(0x0008, createHmac('sha1', password).update(head).update(body).digest());
  head.writeUInt16BE(body.length + 32, 2);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE((crc32(Buffer.concat([head, body, integrity])) ^ 0x5354554e) >>> 0);
  return Buffer.concat([head, body, integrity, attribute(0x8028, sum)]);
}

/** @param passwordOf the password for a server's user name fragment, or undefined if it is not ours */
export async function startLite(passwordOf, address) {
  const home = mkdtempSync(join(tmpdir(), 'lite-'));
  const [key, cert] = [join(home, 'key.pem'), join(home, 'cert.pem')];
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    '/CN=lite',
    '-days',
    '2',
  ];
  execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const sha256 = new X509Certificate(readFileSync(cert)).fingerprint256.replaceAll(':', '');
  const counts = { stun: 0, dtls: 0, rtp: 0, other: 0, refused: 0 };
  const bridges = new Map();
  const lite = { counts, silent: false, fp: Buffer.from(sha256, 'hex').toString('base64url'), port: 0, stop };
  const outer = createSocket('udp4', onDatagram);
  // Bound to the very address that pages are told: an answer from another one of this machine's would be ignored.
  await new Promise(done => outer.bind(0, address, done));
  lite.port = outer.address().port;

  function onDatagram(bytes, from) {
    if (lite.silent) return;
    const kind = kindOf(bytes[0]);
    counts[kind]++;
    if (kind === 'stun' && bytes.readUInt16BE(0) === 1) onCheck(bytes, from);
    if (kind === 'dtls') bridgeFor(from).then(bridge => bridge.inner.send(bytes, bridge.port, '127.0.0.1'));
  }

  async function onCheck(bytes, from) {
    const user = attributes(bytes).get(0x0006)?.toString() ?? '';
    const password = await passwordOf(user.split(':')[0]);
    if (password) outer.send(response(bytes, from, password), from.port, from.address);
    else counts.refused++;
  }

  /** One openssl for each client address: it knows one DTLS association at a time. */
  function bridgeFor(from) {
    const id = `${from.address}:${from.port}`;
    if (!bridges.has(id)) bridges.set(id, bridge(from));
    return bridges.get(id);
  }

  async function bridge(from) {
    const probe = createSocket('udp4');
    await new Promise(done => probe.bind(0, '127.0.0.1', done));
    const { port } = probe.address();
    await new Promise(done => probe.close(done));
    const srtp = ['-use_srtp', 'SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80'];
    const server = spawn('openssl', [
      's_server',
      '-dtls1_2',
      '-4',
      '-accept',
      String(port),
      '-cert',
      cert,
      '-key',
      key,
      ...srtp,
      '-verify',
      '1',
    ]);
    await new Promise(done => server.stdout.on('data', text => text.includes('ACCEPT') && done()));
    const inner = createSocket('udp4', bytes => outer.send(bytes, from.port, from.address));
    return { inner, port, server };
  }

  async function stop() {
    for (const { inner, server } of await Promise.all(bridges.values())) {
      inner.close();
      server.kill();
    }
    outer.close();
    rmSync(home, { recursive: true });
  }

  return lite;
}
