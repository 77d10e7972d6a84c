// Threads are found by their names below a process, and go first where that is allowed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { getPriority, setPriority } from 'node:os';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { putFirst } from '../audio-threads.mjs';

const REALTIME_POLICY = '2';

/** How a thread is scheduled: proc(5), fields 19 and 41 of stat. */
async function scheduling(pid) {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1].split(' ');
  return { nice: Number(fields[16]), policy: fields[38] };
}

/** Whether this user may let a process go before others at all. */
function allowed() {
  const usual = getPriority();
  try {
    setPriority(usual - 1);
    setPriority(usual);
    return true;
  } catch {
    return false;
  }
}

test('a grandchild of the right name goes first, its parent stays', { skip: !allowed() }, async () => {
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(parent.stdout, 'data');
  const sleeper = Number(line);
  const before = await scheduling(parent.pid);
  const stop = putFirst(parent.pid, ['sleep']);
  try {
    let seen = await scheduling(sleeper);
    for (let tries = 0; tries < 300 && seen.policy !== REALTIME_POLICY && seen.nice !== -10; tries++) {
      await pause(100);
      seen = await scheduling(sleeper);
    }
    assert.ok(seen.policy === REALTIME_POLICY || seen.nice === -10, JSON.stringify(seen));
    assert.deepEqual(await scheduling(parent.pid), before);
  } finally {
    stop();
    process.kill(sleeper);
    parent.kill();
  }
});
