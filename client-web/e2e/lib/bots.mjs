// The bench's bots: standard WebRTC clients in processes of their own, one JSON line at a time.
import fs from 'node:fs';
import path from 'node:path';
import { logFile, repository } from './artifacts.mjs';
import { start } from './process.mjs';
import { until } from './wait.mjs';

/** `which`: "SenderBot" or "ReceiverBot". Needs the bench to be built (`./raabta bench links` does that). */
export function startBot(which, { server, token, tone }) {
  const target = path.join(repository, 'bench', 'target');
  const jar = fs.readdirSync(target).find(name => /^bench-.*\.jar$/.test(name));
  if (!jar) throw new Error('the bench is not built');
  const lines = [];
  const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
  const args = ['-cp', `${path.join(target, jar)}:${path.join(target, 'lib')}/*`, `org.raabta.bench.bot.${which}`];
  args.push('--server', server.base, '--token', token);
  if (tone) args.push('--tone', String(tone));
  const { child, ...group } = start(java, args, {
    log: logFile(`${which}-${process.pid}`),
    stdin: 'pipe',
    onLine: line => {
      if (line.startsWith('{')) lines.push(JSON.parse(line));
    },
  });
  return {
    lines,
    async says(what, wanted, options) {
      return until(
        `${which} to say ${what}`,
        () => {
          const found = lines.find(wanted);
          if (found) return found;
          if (child.exitCode !== null) throw new Error(`it ended: ${JSON.stringify(lines.slice(-3))}`);
          throw new Error(JSON.stringify(lines.slice(-3)));
        },
        options,
      );
    },
    /** Asks it to leave, and waits until it has. */
    async leave() {
      child.stdin.end();
      await until(`${which} to end`, () => child.exitCode !== null, { seconds: 15 });
    },
    end: () => group.end(),
  };
}
