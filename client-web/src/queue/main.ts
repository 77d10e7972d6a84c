// The clinic's page: who waits, since when, over what kind of link; one touch opens the consultation.
import { queueEn, type QueueKey } from '../messages/queue.en';
import { queueUr } from '../messages/queue.ur';
import { translate } from '../shared/dom';
import { Phrases } from '../shared/i18n';
import { keyed } from '../shared/keyed';
import { headline, rows, type Queue, type Row } from './model';

const phrases = new Phrases<QueueKey>({ code: 'en', dir: 'ltr', texts: queueEn }, [
  { code: 'ur', dir: 'rtl', texts: queueUr },
]);
phrases.choose(navigator.languages);
translate(phrases);

const say = (key: QueueKey, fill?: Readonly<Record<string, string>>): string => phrases.say(key, fill).text;
const count = (n: number): string => n.toLocaleString(phrases.language.code);
const known = (key: string): key is QueueKey => key in queueEn;
const list = document.createElement('ol');
const shown = new Map<string, HTMLLIElement>();

function element<K extends keyof HTMLElementTagNameMap>(tag: K, text: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function item(row: Row): HTMLLIElement {
  const li = document.createElement('li');
  li.className = row.away ? 'away' : '';
  li.dataset['testid'] = 'waiting';
  const name = document.createElement('h2');
  name.append(element('bdi', row.name));
  const words = document.createElement('div');
  words.append(name, ...row.lines.map(line => element('p', line)));
  const open = element('a', say('open'));
  open.href = row.path;
  open.target = '_blank';
  open.rel = 'noopener';
  li.append(element('b', row.number), words, open);
  return li;
}

/** Who looks the same stays the same element: a finger or a reader is on it. */
function show(all: readonly Row[]): void {
  const items = all.map(row => {
    const fresh = item(row);
    const old = shown.get(row.key);
    if (old?.isEqualNode(fresh)) return old;
    if (!old) return fresh;
    // Times change with each look: the texts go into the old element, which keeps its focus.
    fresh.querySelectorAll('p, bdi, b').forEach((text, i) => {
      const at = old.querySelectorAll('p, bdi, b')[i];
      if (at) at.textContent = text.textContent;
    });
    if (old.isEqualNode(fresh)) return old;
    return fresh;
  });
  shown.clear();
  all.forEach((row, i) => shown.set(row.key, items[i] as HTMLLIElement));
  if (items.length !== list.children.length || items.some((li, i) => list.children[i] !== li))
    list.replaceChildren(...items);
}

keyed<Queue>({
  address: '/api/queue',
  storage: 'raabta.clinic-key',
  texts: {
    wanted: say('wanted'),
    wrong: say('wrong'),
    guesses: say('guesses'),
    looking: say('looking'),
    old: say('old'),
  },
  show(queue, live) {
    show(rows(queue, say, count, known));
    if (!list.parentNode) live.append(list);
    return headline(queue.waiting.length, say, count);
  },
  forget() {
    shown.clear();
    list.replaceChildren();
  },
});
