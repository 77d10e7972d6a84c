// The few things both pages do with elements.
import type { Phrases } from './i18n';

/** The element that the page's own markup is known to hold. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found as T;
}

export function show(element: HTMLElement, shown: boolean): void {
  if (element.hidden === shown) element.hidden = !shown;
}

/** Puts a text into an element, with the language it is in; touches nothing that is already so. */
export function say<K extends string>(
  element: HTMLElement,
  phrases: Phrases<K>,
  key: K,
  fill?: Readonly<Record<string, string>>,
): void {
  const { text, language } = phrases.say(key, fill);
  if (element.textContent !== text) element.textContent = text;
  if (element.lang !== language.code) {
    element.lang = language.code;
    element.dir = language.dir;
  }
}

/** Every element with `data-text` gets its phrase; the document gets the language. */
export function translate<K extends string>(phrases: Phrases<K>): void {
  const { code, dir } = phrases.language;
  document.documentElement.lang = code;
  document.documentElement.dir = dir;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]'))
    say(element, phrases, element.dataset['text'] as K);
}

/** A switch: what it does next as its label, and its state for the eye and for screen readers. */
export function setSwitch<K extends string>(button: HTMLElement, phrases: Phrases<K>, label: K, off: boolean): void {
  const text = button.querySelector<HTMLElement>('span');
  if (text) say(text, phrases, label);
  button.classList.toggle('off', off);
}

/** Shows a picture by its symbol's id. */
export function setPicture(svg: Element, symbol: string): void {
  svg.querySelector('use')?.setAttribute('href', `#${symbol}`);
}

/** Connects a stream to an element only when it changed: setting it again makes pictures flicker. */
export function setTrack(video: HTMLVideoElement, track: MediaStreamTrack | undefined): void {
  const current = (video.srcObject as MediaStream | null)?.getTracks()[0];
  if (current === track) return;
  video.srcObject = track ? new MediaStream([track]) : null;
  if (track) video.play().catch(() => undefined);
}

/** Runs `act` once the page has loaded: a media element that gets its stream earlier would hold that moment back for good. */
export function onceLoaded(act: () => void): void {
  if (document.readyState === 'complete') act();
  else addEventListener('load', () => act(), { once: true });
}
