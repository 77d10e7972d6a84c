// What the patient's page speaks: which texts, in which voices, and whether what was spoken still is what is written.
import { createHash } from 'node:crypto';
import fs from 'node:fs';

const spoken = JSON.parse(fs.readFileSync(new URL('../src/messages/spoken.json', import.meta.url), 'utf8'));
const folder = new URL('../prompts/', import.meta.url).pathname;

/** Languages that espeak-ng has a voice for; the others hear Urdu, which most of their speakers understand. */
export const voices = { en: 'en-gb', ur: 'ur', sd: 'sd' };
export const SUBSTITUTE = 'ur';

export const SPOKEN = { prompts: Object.keys(spoken), index: `${folder}spoken/index.json` };

/** Of a person's own recording, if there is one, else of the engine. */
export const fileOf = (code, prompt, kind) => `${folder}spoken/${code}/${prompt}.${kind}`;
export const recordingOf = (code, prompt, kind) => `${folder}recorded/${code}/${prompt}.${kind}`;

export const textOf = (texts, prompt) =>
  spoken[prompt]
    .map(part => {
      // "number:3" is the text of "number" with 3 in its hole.
      const [key, n] = part.split(':');
      return texts[key].replace('{n}', n ?? '').replace(/[.…۔]?$/, '۔');
    })
    .join(' ')
    .replace(/۔/g, '. ')
    .trim();
export const textHash = text => createHash('sha256').update(text).digest('hex').slice(0, 16);

/**
 * The files of every language that has voices: `{ur: {waiting: {opus: path, mp3: path}}}`. A language may be recorded in part:
 * what nobody has recorded is the engine's. Throws an error that names every prompt that is missing or stale.
 */
export function prompts(all) {
  const index = fs.existsSync(SPOKEN.index) ? JSON.parse(fs.readFileSync(SPOKEN.index, 'utf8')) : {};
  const wrong = [];
  const found = {};
  for (const { code, texts } of all) {
    const files = {};
    for (const prompt of SPOKEN.prompts) {
      const recorded = { opus: recordingOf(code, prompt, 'opus'), mp3: recordingOf(code, prompt, 'mp3') };
      const there = Object.values(recorded).filter(file => fs.existsSync(file)).length;
      if (there === 2) files[prompt] = recorded;
      else if (there === 1) wrong.push(`prompts/recorded/${code}/${prompt}: needs both .opus and .mp3`);
      else if (code in voices) {
        files[prompt] = { opus: fileOf(code, prompt, 'opus'), mp3: fileOf(code, prompt, 'mp3') };
        if (!Object.values(files[prompt]).every(file => fs.existsSync(file)))
          wrong.push(`prompts/spoken/${code}/${prompt}: missing`);
        else if (index[`${code}/${prompt}`] !== textHash(textOf(texts, prompt)))
          wrong.push(`prompts/spoken/${code}/${prompt}: its text has changed since it was spoken`);
      }
    }
    if (Object.keys(files).length > 0) found[code] = files;
  }
  if (wrong.length > 0) throw new Error(`prompts (npm run prompts makes them):\n  ${wrong.join('\n  ')}`);
  return found;
}
