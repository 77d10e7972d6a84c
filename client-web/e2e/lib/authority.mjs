// A certificate authority of the test's own that one browser trusts, with a chain as heavy as those of the world.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What leaf and intermediate weigh together at least, in DER: public ones carry timestamps, policies and addresses. */
const CHAIN_BYTES = 2200;

const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
const derBytes = pem =>
  pem
    .match(/-----BEGIN[^]*?-----END/g)
    .reduce((n, one) => n + (one.split('\n').slice(1, -1).join('').length * 3) / 4, 0);

/** `{root, chain, key, bytes, home, remove()}`: files for the server, and a home for a browser that trusts the root. */
export function makeAuthority() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'raabta-authority-'));
  const file = name => path.join(folder, name);
  const extensions = (name, lines) => fs.writeFileSync(file(`${name}.ext`), lines.join('\n'));
  // An extension for examples (RFC 5612) that no compression takes away.
  const filling = bytes => `1.3.6.1.4.1.32473.1=DER:04${berLength(bytes)}${randomBytes(bytes).toString('hex')}`;
  const each = 660;
  extensions('root', ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign']);
  extensions('middle', [
    'basicConstraints=critical,CA:TRUE,pathlen:0',
    'keyUsage=critical,keyCertSign,cRLSign',
    filling(each),
  ]);
  extensions('leaf', [
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
    'keyUsage=digitalSignature',
    'extendedKeyUsage=serverAuth',
    filling(each),
  ]);
  const issue = (name, by) => {
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', file(`${name}.key`));
    openssl(
      'req',
      '-new',
      '-key',
      file(`${name}.key`),
      '-subj',
      `/CN=Raabta test ${name}`,
      '-out',
      file(`${name}.csr`),
    );
    const signer = by
      ? ['-CA', file(`${by}.pem`), '-CAkey', file(`${by}.key`), '-CAcreateserial']
      : ['-key', file(`${name}.key`)];
    openssl(
      'x509',
      '-req',
      '-in',
      file(`${name}.csr`),
      ...signer,
      '-days',
      '30',
      '-sha256',
      '-extfile',
      file(`${name}.ext`),
      '-out',
      file(`${name}.pem`),
    );
  };
  issue('root');
  issue('middle', 'root');
  issue('leaf', 'middle');
  const chain = fs.readFileSync(file('leaf.pem'), 'utf8') + fs.readFileSync(file('middle.pem'), 'utf8');
  const bytes = derBytes(chain);
  if (bytes < CHAIN_BYTES) throw new Error(`the chain has ${bytes} bytes, fewer than ${CHAIN_BYTES}`);
  fs.writeFileSync(file('chain.pem'), chain);
  // Chromium on Linux takes further authorities from the NSS database of its home.
  const database = path.join(folder, 'home', '.pki', 'nssdb');
  fs.mkdirSync(database, { recursive: true });
  execFileSync('certutil', ['-d', `sql:${database}`, '-N', '--empty-password']);
  execFileSync('certutil', ['-d', `sql:${database}`, '-A', '-t', 'C,,', '-n', 'raabta-test', '-i', file('root.pem')]);
  return {
    chain: file('chain.pem'),
    key: file('leaf.key'),
    bytes,
    home: file('home'),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

const berLength = n => (n < 128 ? hex(n) : n < 256 ? `81${hex(n)}` : `82${n.toString(16).padStart(4, '0')}`);
const hex = n => n.toString(16).padStart(2, '0');
