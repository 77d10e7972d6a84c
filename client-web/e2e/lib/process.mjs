// Child processes whose whole group can be ended: browsers and launchers have children of their own.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Every group that this process started and has not ended yet; ended with it, however it ends. */
const groups = new Set();
process.on('exit', () => groups.forEach(pid => signal(pid, 'SIGKILL')));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => process.exit(1));

function signal(pid, name) {
  try {
    process.kill(-pid, name);
    return true;
  } catch {
    return false; // already gone
  }
}

/** Takes charge of a process that was started as the leader of its own group. */
export function own(child) {
  groups.add(child.pid);
  const exited = new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', resolve);
  });
  return {
    pid: child.pid,
    exited,
    /** Ends the group and waits until its leader is gone. */
    async end(name = 'SIGKILL') {
      signal(child.pid, name);
      await exited;
      signal(child.pid, 'SIGKILL');
      groups.delete(child.pid);
    },
  };
}

/** Starts a command in a group of its own; `onLine` takes each line of its standard output, `log` gets everything. */
export function start(command, args, { log, onLine, env = {}, cwd, stdin = 'ignore' } = {}) {
  const child = spawn(command, args, {
    cwd,
    detached: true,
    env: { ...process.env, ...env },
    stdio: [stdin, 'pipe', 'pipe'],
  });
  child.stderr.pipe(log, { end: false });
  createInterface({ input: child.stdout }).on('line', line => {
    log.write(line + '\n');
    onLine?.(line);
  });
  return { child, ...own(child) };
}
