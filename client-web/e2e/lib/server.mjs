// The real server, started by the launcher as a user would.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { artifacts, logFile, repository } from './artifacts.mjs';
import { freeTcpPort, freeUdpPorts } from './ports.mjs';
import { start } from './process.mjs';
import { hopeless, until } from './wait.mjs';

let count = 0;

/**
 * Starts `./raabta serve --demo` on free ports and waits for `ready`.
 * `settings` are lines for a configuration file of its own; `javaHome` picks another Java.
 */
export async function startServer({ settings = '', mediaHost = '127.0.0.1', javaHome, demo = true } = {}) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'raabta-e2e-'));
  const server = {
    name: `server-${process.pid}-${++count}`,
    data,
    http: await freeTcpPort(),
    https: await freeTcpPort(),
    media: await freeUdpPorts(),
    mediaHost,
    settings,
    javaHome,
    demo,
    output: [],
    async restart() {
      await launch(server);
    },
    /** As `kill -9` does. */
    async kill() {
      await server.group.end('SIGKILL');
    },
    /** As an init system does; resolves with how long it took. */
    async stop() {
      const begin = performance.now();
      await server.group.end('SIGTERM');
      return performance.now() - begin;
    },
    async remove() {
      await server.kill();
      keepEvents(server);
      fs.rmSync(data, { recursive: true, force: true });
    },
    /** An HTTP call of the public contract; answers `{status, headers, body}` with JSON already read. */
    async call(method, where, { key, token, body, type = 'application/json' } = {}) {
      const headers = {};
      if (key ?? token) headers.authorization = `Bearer ${key ?? token}`;
      if (body !== undefined) headers['content-type'] = type;
      const response = await fetch(new URL(where, server.base), {
        method,
        headers,
        body: body === undefined ? undefined : type === 'application/json' ? JSON.stringify(body) : body,
      });
      const text = await response.text();
      const json = /json/.test(response.headers.get('content-type') ?? '');
      return { status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : text };
    },
    /** A consultation of its own: `{id, doctorUrl, patientUrl, doctorToken, patientToken}`. */
    async consult(wishes = {}) {
      const made = await server.call('POST', '/api/consults', { key: server.clinicKey, body: wishes });
      if (made.status !== 201) throw new Error(`POST /api/consults: ${made.status} ${JSON.stringify(made.body)}`);
      return made.body;
    },
    async consultState(id) {
      return (await server.call('GET', `/api/consults/${id}`, { key: server.clinicKey })).body;
    },
  };
  await launch(server);
  return server;
}

/** The event log of each consultation tells why a rung stood where it stood (docs/operations.md). */
function keepEvents(server) {
  const from = path.join(server.data, 'events');
  if (fs.existsSync(from)) fs.cpSync(from, path.join(artifacts, 'logs', `${server.name}-events`), { recursive: true });
}

async function launch(server) {
  server.output = [];
  const log = logFile(server.name);
  const args = ['serve', '--data', server.data];
  if (server.demo) args.push('--demo');
  args.push('--http', `127.0.0.1:${server.http}`, '--https', `127.0.0.1:${server.https}`);
  args.push('--media', `${server.mediaHost}:${server.media}`);
  if (server.settings) {
    const file = path.join(server.data, 'e2e.conf');
    fs.writeFileSync(file, server.settings);
    args.push('--config', file);
  }
  const begin = performance.now();
  const { child, ...group } = start(path.join(repository, 'raabta'), args, {
    cwd: repository,
    env: server.javaHome ? { JAVA_HOME: server.javaHome } : {},
    log,
    onLine: line => server.output.push(line),
  });
  server.group = group;
  const said = key => server.output.find(line => line.startsWith(`${key} `))?.slice(key.length + 1);
  const wanted = server.demo ? ['ready', 'doctor', 'patient', 'clinic-key', 'operator-key'] : ['ready'];
  await until(
    `the server to say ${wanted.join(', ')} (${server.name}.log)`,
    () => {
      if (child.exitCode !== null)
        throw hopeless(`the server ended with status ${child.exitCode} (${server.name}.log)`);
      return wanted.every(said);
    },
    { seconds: 180, everyMs: 5 },
  );
  server.startMs = performance.now() - begin;
  server.base = said('ready');
  server.doctorUrl = said('doctor');
  server.patientUrl = said('patient');
  server.clinicKey = said('clinic-key');
  server.operatorKey = said('operator-key');
}

/** The same link with one character of its seal changed. */
export function forged(url) {
  const at = url.length - 5;
  return url.slice(0, at) + (url[at] === 'A' ? 'B' : 'A') + url.slice(at + 1);
}
