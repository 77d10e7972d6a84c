// A page that shows one JSON answer of the server, again every few seconds, to whoever types the key for it.
import { byId } from './dom';

const EVERY_MS = 2000;

export interface Keyed<T> {
  /** Where the answer is. */
  readonly address: string;
  /** Under which name this tab keeps the key. */
  readonly storage: string;
  readonly texts: Readonly<Record<'wanted' | 'wrong' | 'guesses' | 'looking' | 'old', string>>;
  /** Puts it into `live`; answers what the status line says. */
  show(answer: T, live: HTMLElement): string;
  /** Another key follows: nothing of what was shown may stay. */
  forget(): void;
}

/** The markup has `status`, `form` with `key`, `forget` and `live`. */
export function keyed<T>(page: Keyed<T>): void {
  const status = byId('status');
  const form = byId<HTMLFormElement>('form');
  const input = byId<HTMLInputElement>('key');
  const forget = byId<HTMLButtonElement>('forget');
  const live = byId('live');
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts key changes: an answer to an older one is thrown away. */
  let turn = 0;

  function say(text: string): void {
    if (status.textContent !== text) status.textContent = text;
  }

  function ask(why: string): void {
    turn++;
    clearTimeout(timer);
    sessionStorage.removeItem(page.storage);
    page.forget();
    document.documentElement.dataset['state'] = 'key';
    form.hidden = false;
    forget.hidden = true;
    live.replaceChildren();
    live.hidden = true;
    say(why);
    input.value = '';
    input.focus();
  }

  async function look(key: string, mine: number): Promise<void> {
    let response: Response;
    let answer: T;
    const again = (): void => {
      timer = setTimeout(() => void look(key, mine), EVERY_MS);
    };
    try {
      response = await fetch(page.address, { headers: { Authorization: `Bearer ${key}` }, cache: 'no-store' });
      if (mine !== turn) return;
      if (response.status === 401 || response.status === 403) return ask(page.texts.wrong);
      if (response.status === 429) return ask(page.texts.guesses);
      if (!response.ok) throw new Error(`status ${response.status}`);
      answer = (await response.json()) as T;
    } catch {
      if (mine !== turn) return;
      say(page.texts.old);
      document.documentElement.dataset['state'] = 'old';
      return again();
    }
    if (mine !== turn) return;
    sessionStorage.setItem(page.storage, key);
    live.hidden = false;
    say(page.show(answer, live));
    form.hidden = true;
    forget.hidden = false;
    input.value = '';
    document.documentElement.dataset['state'] = 'live';
    again();
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    say(page.texts.looking);
    clearTimeout(timer);
    void look(input.value.trim(), ++turn);
  });
  forget.addEventListener('click', () => ask(page.texts.wanted));

  say(page.texts.wanted);
  const kept = sessionStorage.getItem(page.storage);
  if (kept) void look(kept, ++turn);
  else input.focus();
}
