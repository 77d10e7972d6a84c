// Lets the threads go first on which a browser's sound depends. Chromium asks for that itself; Firefox does so for a sound
// card's threads only, and its media graph runs without one here: whenever it comes late by more than 10 ms, the time is
// missing from all sound that is spoken, heard and recorded.
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { setPriority } from 'node:os';

const LOOK_MS = 1_000;
/** What Chromium takes: first among those that are not in time, or where that is not allowed, ten steps ahead. */
const REALTIME = 8;
const NICE = -10;

/** Looks for threads of these names below a process until the returned function is called; new ones may come at any time. */
export function putFirst(pid, names) {
  const known = new Set();
  let looking = false;
  const look = async () => {
    if (looking) {
      return;
    }
    looking = true;
    try {
      for (const thread of await threads(pid, names)) {
        if (!known.has(thread)) {
          known.add(thread);
          await first(thread);
        }
      }
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => look().catch(() => undefined), LOOK_MS);
  return () => clearInterval(timer);
}

/** Those of a process and all that it started. */
async function threads(pid, names) {
  const found = [];
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  for (const task of tasks) {
    const [name, children] = await Promise.all(
      ['comm', 'children'].map((file) => readFile(`/proc/${pid}/task/${task}/${file}`, 'utf8').catch(() => '')),
    );
    if (names.includes(name.trim())) {
      found.push(Number(task));
    }
    for (const child of children.split(' ').filter(Boolean)) {
      found.push(...(await threads(child, names)));
    }
  }
  return found;
}

function first(thread) {
  return new Promise((done) => {
    execFile('chrt', ['--rr', '--pid', String(REALTIME), String(thread)], (refused) => {
      if (refused) {
        try {
          setPriority(thread, NICE);
        } catch {
          // Nobody may, here: what the machine then takes away is measured, and stands in the result.
        }
      }
      done();
    });
  });
}
