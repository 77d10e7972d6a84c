// One browser of a bench run. Reads commands and writes events, one JSON object per line (README.md has both);
// ends when it is told to, or when whoever started it is gone.
import { createInterface } from 'node:readline';
import * as chromium from './chromium.mjs';
import * as firefox from './firefox.mjs';
import { Session } from './session.mjs';

const browsers = { chromium, firefox };
let session;

function emit(event) {
  process.stdout.write(JSON.stringify(event) + '\n');
}

const commands = {
  async launch(command) {
    if (!Object.hasOwn(browsers, command.browser)) {
      throw new Error(`unknown browser; known are ${Object.keys(browsers).join(', ')}`);
    }
    const { launch, watch } = browsers[command.browser];
    session = new Session(await launch(command), command.recording, emit);
    await session.prepare(watch, command);
  },
  open: ({ url }) => session.open(url),
  click: ({ testid, timeoutMs }) => session.click(testid, timeoutMs),
  choose: ({ testid, value }) => session.choose(testid, value),
  attach: ({ testid, file, timeoutMs }) => session.attach(testid, file, timeoutMs),
  stop: () => end(0),
};

async function end(status) {
  await session?.close();
  session = undefined;
  process.exitCode = status;
  input.close();
}

async function obey(line) {
  let command = {};
  try {
    command = JSON.parse(line);
    if (!Object.hasOwn(commands, command.command)) {
      throw new Error(`unknown command; known are ${Object.keys(commands).join(', ')}`);
    }
    await commands[command.command](command);
    emit({ event: 'done', id: command.id });
  } catch (error) {
    emit({ event: 'failed', id: command.id, message: String(error?.message ?? error) });
  }
}

// Whoever reads the events is gone: there is nobody left to drive for.
process.stdout.on('error', () => end(1));

const input = createInterface({ input: process.stdin });
let last = Promise.resolve();
input.on('line', (line) => {
  last = last.then(() => obey(line));
});
input.on('close', () => {
  last = last.then(() => end(process.exitCode ?? 0));
});
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => end(1));
}
