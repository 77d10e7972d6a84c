// One line of the time line as an element. Says what it is to the eye and to a screen reader.
import type { Desk, Progress } from './desk';
import type { Entry, Offer } from './messages';
import type { NotePlayer } from './noteplayer';
import type { Unsent } from './timeline';
import { make } from './elements';
import { button, isKey, phrases, put, relabel, roughly, text, words } from './words';

export interface RowActs {
  /** What a tap on a photo does; undefined: nothing. */
  readonly openPhoto?: (id: string) => void;
  /** What answers a request. */
  readonly takePhoto?: (entry: Entry) => void;
}

export interface Row {
  readonly element: HTMLLIElement;
  /** What this element was made for: another key means another element. */
  readonly key: string;
  /** What changes while it stands. */
  refresh(): void;
}

const clock = (at: number | undefined): string =>
  at === undefined
    ? ''
    : new Date(at * 1000).toLocaleTimeString(phrases.language.code, { hour: '2-digit', minute: '2-digit' });

/** What a row depends on beside its progress. */
export function rowKey(entry: Entry, desk: Desk): string {
  const here = [desk.url(entry.id), desk.url(entry.thumb)].map(url => (url ? 1 : 0)).join('');
  const open = entry.k === 'ask' && desk.timeline.openRequest()?.id === entry.id ? 'open' : '';
  return [entry.i, entry.v, here, open, phrases.language.code].join();
}

function meter(desk: Desk, id: string | undefined): { readonly element: HTMLElement; refresh(): void } {
  const bar = make('progress');
  bar.max = 1;
  const left = make('small');
  const element = make('div', 'meter', bar, left);
  const show = (progress: Progress | undefined): void => {
    element.hidden = !progress || progress.state === 'done' || progress.state === 'refused';
    if (element.hidden || !progress) return;
    bar.value = progress.share;
    bar.setAttribute('aria-label', `${Math.round(100 * progress.share)} %`);
    if (progress.leftSeconds !== undefined) {
      const { n, minutes } = roughly(progress.leftSeconds);
      put(left, minutes ? 'leftMinutes' : 'left', { n });
    } else put(left, progress.state === 'waiting' ? 'paused' : progress.state === 'fetching' ? 'fetching' : 's-coming');
  };
  return { element, refresh: () => show(desk.progress(id)) };
}

/** Whose it is, when, and how far it has come. */
function foot(entry: Entry, mine: boolean): HTMLElement {
  const who = mine
    ? words('me')
    : words(entry.by === 'doctor' ? 'doctor' : entry.by === 'patient' ? 'patient' : 'server');
  const parts = [who, clock(entry.at)];
  if (mine && entry.s) parts.push(words(`s-${entry.s}`));
  if (entry.s === 'refused') {
    const why = `why-${entry.why ?? ''}`;
    parts.push(words(isKey(why) ? why : 'why-other'));
  } else if (entry.s === 'gone' && !mine) parts.push(words('s-gone'));
  const element = make('small', 'foot', parts.filter(Boolean).join(' · '));
  if (entry.s === 'refused') element.classList.add('bad');
  return element;
}

function bubble(mine: boolean, kind: string, ...children: (Node | string)[]): HTMLLIElement {
  const element = make('li', mine ? 'mine' : 'theirs', ...children);
  element.dataset['kind'] = kind;
  return element;
}

export function entryRow(entry: Entry, desk: Desk, player: NotePlayer, acts: RowActs): Row {
  const key = rowKey(entry, desk);
  const mine = entry.by === desk.host.role;
  const plain = (element: HTMLLIElement): Row => ({ element, key, refresh: () => undefined });
  switch (entry.k) {
    case 'msg': {
      const said = make('p', '', entry.text ?? '');
      said.dir = 'auto';
      const element = bubble(mine, 'msg', said, foot(entry, mine));
      element.dataset['s'] = entry.s ?? '';
      return plain(element);
    }
    case 'ask':
      return plain(askRow(entry, mine, desk, acts));
    case 'photo':
      return photoRow(entry, desk, mine, acts, key);
    case 'note':
      return noteRow(entry, desk, player, mine, key);
    default:
      return plain(eventRow(entry));
  }
}

function askRow(entry: Entry, mine: boolean, desk: Desk, acts: RowActs): HTMLLIElement {
  const element = bubble(mine, 'ask', text('p', `${mine ? 'asked' : 'ask'}-${entry.view ?? 'middle'}`));
  const open = desk.timeline.openRequest()?.id === entry.id;
  const { takePhoto } = acts;
  if (open && takePhoto && !mine)
    element.append(button('photo-answer', 'take', 'primary-small', () => takePhoto(entry)));
  element.append(foot(entry, mine));
  return element;
}

function photoRow(entry: Entry, desk: Desk, mine: boolean, acts: RowActs, key: string): Row {
  const { id = '', view } = entry;
  const progress = meter(desk, id);
  const url = desk.url(entry.thumb) ?? desk.url(id);
  const label = text('span', 'photoOf', 'what');
  if (view) label.append(` · ${words(`view-${view}`)}`);
  const element = bubble(mine, 'photo');
  if (url) {
    const picture = make('img');
    picture.src = url;
    picture.alt = view ? words(`view-${view}`) : words('photoOf');
    const { openPhoto } = acts;
    if (openPhoto && desk.url(id)) {
      const opener = button('open-photo', 'openPhoto', 'picture-button', () => openPhoto(id));
      opener.querySelector('span')?.classList.add('sr');
      opener.prepend(picture);
      element.append(opener);
    } else element.append(picture);
  }
  element.append(label, progress.element, foot(entry, mine));
  element.dataset['s'] = entry.s ?? '';
  element.dataset['here'] = desk.url(id) ? '1' : '';
  const row = { element, key, refresh: progress.refresh };
  row.refresh();
  return row;
}

function noteRow(entry: Entry, desk: Desk, player: NotePlayer, mine: boolean, key: string): Row {
  const { id = '' } = entry;
  const url = desk.url(id);
  const progress = meter(desk, id);
  const seconds = Math.max(1, Math.round((entry.ms ?? 0) / 1000));
  const label = text('span', 'noteOf', 'what', { n: String(seconds) });
  const element = bubble(mine, 'note');
  const play = button('play-note', 'play', 'play', () => url && player.toggle(id, url));
  play.disabled = !url;
  element.append(play, label, progress.element, foot(entry, mine));
  element.dataset['s'] = entry.s ?? '';
  element.dataset['here'] = url ? '1' : '';
  const refresh = (): void => {
    progress.refresh();
    const playing = player.playing === id;
    relabel(play, playing ? 'pause' : 'play');
    play.classList.toggle('on', playing);
  };
  refresh();
  return { element, key, refresh };
}

function eventRow(entry: Entry): HTMLLIElement {
  const roleOf = entry.what === 'rung' ? entry.from : entry.by;
  const who = words(roleOf === 'doctor' ? 'doctor' : roleOf === 'patient' ? 'patient' : 'server');
  const mode = `mode-${entry.rung ?? ''}`;
  const rung =
    entry.what === 'rung' ? words(isKey(mode) ? mode : pictures(entry.rung) ? 'mode-pictures' : 'mode-voice') : '';
  const key = `what-${entry.what ?? ''}`;
  const said = isKey(key) ? words(key, { who, rung }) : (entry.what ?? '');
  const element = make('li', 'event', make('small', '', `${said} · ${clock(entry.at)}`));
  element.dataset['kind'] = 'event';
  return element;
}

function pictures(rung: string | undefined): boolean {
  return rung !== undefined && (rung.endsWith('video') || rung === 'stills');
}

/** Words that no server has yet. */
export function unsentRow(unsent: Unsent): HTMLLIElement {
  const said = make('p', '', unsent.text);
  said.dir = 'auto';
  const element = bubble(true, 'msg', said, make('small', 'foot', `${words('me')} · ${words('s-waiting')}`));
  element.dataset['s'] = 'waiting';
  return element;
}

/** A file that no server has heard of yet. */
export function offerRow(offer: Offer, desk: Desk): Row {
  const progress = meter(desk, offer.id);
  const label = text('span', offer.kind === 'note' ? 'noteOf' : 'photoOf', 'what', {
    n: String(Math.max(1, Math.round((offer.ms ?? 0) / 1000))),
  });
  const give = button('cancel-item', 'cancel', 'plain', () => desk.cancel(offer.id));
  const element = bubble(true, offer.kind, label, progress.element, make('small', 'foot', words('s-waiting')), give);
  const url = desk.url(offer.thumb);
  if (url) {
    const picture = make('img');
    picture.src = url;
    picture.alt = '';
    element.prepend(picture);
  }
  element.dataset['s'] = 'waiting';
  progress.refresh();
  return { element, key: `offer ${offer.id}`, refresh: progress.refresh };
}
