// The engineer's page: one JSON call every two seconds, with the operator key as a header.
import { byId } from '../shared/dom';
import { History } from './model';
import type { Live } from './model';
import { patch, tree } from './view';

const EVERY_MS = 2000;
const KEY = 'raabta.operator-key';

const status = byId('status');
const form = byId<HTMLFormElement>('form');
const input = byId<HTMLInputElement>('key');
const forget = byId<HTMLButtonElement>('forget');
let history = new History();
let timer: ReturnType<typeof setTimeout> | undefined;
/** Counts key changes: an answer to an older one is thrown away. */
let turn = 0;

function say(text: string): void {
  if (status.textContent !== text) status.textContent = text;
}

function ask(why: string): void {
  turn++;
  clearTimeout(timer);
  sessionStorage.removeItem(KEY);
  history = new History();
  document.documentElement.dataset['state'] = 'key';
  form.hidden = false;
  forget.hidden = true;
  byId('live').replaceChildren();
  byId('live').hidden = true;
  say(why);
  input.value = '';
  input.focus();
}

async function look(key: string, mine: number): Promise<void> {
  let answer: Response;
  let live: Live;
  try {
    answer = await fetch('/api/ops', { headers: { Authorization: `Bearer ${key}` }, cache: 'no-store' });
    if (mine !== turn) return;
    if (answer.status === 401 || answer.status === 403) return ask('That is not the operator key.');
    if (answer.status === 429) return ask('Too many wrong keys from this address: wait a minute.');
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    live = (await answer.json()) as Live;
  } catch {
    if (mine !== turn) return;
    say('The server does not answer: these figures are old.');
    document.documentElement.dataset['state'] = 'old';
    timer = setTimeout(() => void look(key, mine), EVERY_MS);
    return;
  }
  if (mine !== turn) return;
  sessionStorage.setItem(KEY, key);
  history.add(live);
  patch(byId('live'), tree(live, history));
  form.hidden = true;
  forget.hidden = false;
  input.value = '';
  document.documentElement.dataset['state'] = 'live';
  const people = live.consults.length + live.more;
  say(`${people} ${people === 1 ? 'consultation' : 'consultations'}, refreshed every two seconds`);
  timer = setTimeout(() => void look(key, mine), EVERY_MS);
}

form.addEventListener('submit', event => {
  event.preventDefault();
  say('Looking …');
  clearTimeout(timer);
  void look(input.value.trim(), ++turn);
});
forget.addEventListener('click', () => ask('This page needs the operator key.'));

const kept = sessionStorage.getItem(KEY);
if (kept) void look(kept, ++turn);
else input.focus();
