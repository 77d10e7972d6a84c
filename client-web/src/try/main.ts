// Tries phone and line without a doctor: one touch, a few seconds, four marks, one sentence, which is spoken.
import { tryEn, type TryKey } from '../messages/try.en';
import { tryPa } from '../messages/try.pa';
import { tryPs } from '../messages/try.ps';
import { trySd } from '../messages/try.sd';
import { trySkr } from '../messages/try.skr';
import { tryUr } from '../messages/try.ur';
import { Speech } from '../shared/speech';
import { byId, say, setPicture, show, translate } from '../shared/dom';
import { Phrases } from '../shared/i18n';
import { browserCan } from '../shared/media';
import { hearing } from './hearing';
import { probe, type Link } from './probe';
import { judge, type Measured, type Shown } from './verdict';

const MOST_KBPS = 500;
const ROWS = ['microphone', 'voice', 'picture', 'photo'] as const;

const phrases = new Phrases<TryKey>({ code: 'en', dir: 'ltr', texts: tryEn }, [
  { code: 'ur', dir: 'rtl', texts: tryUr },
  { code: 'sd', dir: 'rtl', texts: trySd },
  { code: 'ps', dir: 'rtl', texts: tryPs },
  { code: 'pa', dir: 'rtl', texts: tryPa },
  { code: 'skr', dir: 'rtl', texts: trySkr },
]);
const language = byId<HTMLSelectElement>('language');
const button = byId<HTMLButtonElement>('go');
const speech = new Speech({
  language: () => phrases.language.code,
  mayFetch: () => true,
  replayable: there => show(byId('listen'), there),
});
let shown: { readonly marks: Shown; readonly link: Link | undefined } | undefined;
let running = false;

function choose(wanted: readonly (string | undefined)[]): void {
  phrases.choose(wanted);
  language.value = phrases.language.code;
  render();
}

/** Isolated, so that a figure and its unit stay in their order among letters from the right. */
const figure = (value: number, unit: string): string =>
  `\u2066${value.toLocaleString(phrases.language.code, { maximumSignificantDigits: 2 })} ${unit}\u2069`;

/** So few bytes tell nothing of rates that are higher. */
const rate = (kbps: number): string => (kbps > MOST_KBPS ? `> ${figure(MOST_KBPS, 'kbit/s')}` : figure(kbps, 'kbit/s'));

function render(): void {
  translate(phrases);
  document.title = phrases.say('tryTitle').text;
  document.documentElement.dataset['state'] = running ? 'running' : shown ? 'done' : 'ready';
  const { marks, link } = shown ?? {};
  say(byId('says'), phrases, running ? 'tryRuns' : (marks?.verdict ?? 'tryIntro'));
  say(byId('go-text'), phrases, shown ? 'tryAgain' : 'tryGo');
  show(button, !running);
  show(byId('marks'), marks !== undefined && !running);
  for (const row of ROWS) {
    const mark = marks?.[row] ?? 'no';
    byId(`m-${row}`).setAttribute('class', mark);
    setPicture(byId(`m-${row}`), `m-${mark}`);
  }
  show(byId('line'), link !== undefined && !running);
  if (link) {
    say(byId('line'), phrases, 'tryMade', {
      down: rate(link.downKbps),
      up: rate(link.upKbps),
      ms: figure(link.rttMs / 1000, 's'),
    });
  }
}

async function run(): Promise<void> {
  running = true;
  shown = undefined;
  speech.silence();
  render();
  const browser = browserCan();
  const [link, microphone] = await Promise.all([
    probe(),
    browser ? hearing(level => byId('level').style.setProperty('--level', String(level))) : ('denied' as const),
  ]);
  const measured: Measured = { browser, microphone, downKbps: link?.downKbps, upKbps: link?.upKbps };
  running = false;
  shown = { marks: judge(measured), link };
  render();
  byId('says').focus();
  await speech.screen(shown.marks.verdict);
}

button.onclick = () => void run();
byId('listen').onclick = () => void speech.again();
language.onchange = () => choose([language.value]);
choose([new URLSearchParams(location.search).get('l') ?? undefined, ...navigator.languages]);
