// How the server starts: on the newest Java there is, and with settings that are wrong.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { artifacts, repository } from './lib/artifacts.mjs';
import { startServer } from './lib/server.mjs';

const machines = '/usr/lib/jvm';
const newest = (fs.existsSync(machines) ? fs.readdirSync(machines) : [])
  .filter(name => /\b25\b/.test(name))
  .map(name => path.join(machines, name))
  .find(home => fs.existsSync(path.join(home, 'bin', 'java')));

test('JDK 25: ready, healthy, and no warning', { skip: newest ? false : `no JDK 25 under ${machines}` }, async () => {
  const server = await startServer({ javaHome: newest });
  try {
    assert.equal((await server.call('GET', '/healthz')).status, 200);
    const log = fs.readFileSync(path.join(artifacts, 'logs', `${server.name}.log`), 'utf8');
    assert.doesNotMatch(log, /WARNING|restricted method/i);
  } finally {
    await server.remove();
  }
});

test('a wrong setting: one line that names the key, and exit status 2', async () => {
  const { status, stderr } = await new Promise(resolve =>
    execFile(path.join(repository, 'raabta'), ['serve', '--http', 'nonsense'], (error, _, stderr) =>
      resolve({ status: error?.code, stderr }),
    ),
  );
  assert.equal(status, 2);
  assert.match(stderr, /^[^\n]*--http[^\n]*\n$/);
});
