// The texts of what travels beside the call, in the language of the page that it is loaded into, and small elements made of them.
import { besideEn, type BesideKey } from '../messages/beside.en';
import { besideUr } from '../messages/beside.ur';
import { say } from '../shared/dom';
import { Phrases } from '../shared/i18n';

export const phrases = new Phrases<BesideKey>({ code: 'en', dir: 'ltr', texts: besideEn }, [
  { code: 'ur', dir: 'rtl', texts: besideUr },
]);

type Fill = Readonly<Record<string, string>>;

export const words = (key: BesideKey, fill?: Fill): string => phrases.say(key, fill).text;

export function isKey(key: string): key is BesideKey {
  return key in besideEn;
}

export function put(element: HTMLElement, key: BesideKey, fill?: Fill): void {
  say(element, phrases, key, fill);
}

/** An element with a class and children; the text of `key` comes with its language. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

export function text<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  key: BesideKey,
  className = '',
  fill?: Fill,
): HTMLElementTagNameMap[K] {
  const element = make(tag, className);
  put(element, key, fill);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing that says nothing to a screen reader: words stand beside it. */
export function drawing(viewBox: string, markup: string): SVGSVGElement {
  const parsed = new DOMParser().parseFromString(
    `<svg xmlns="${SVG}" viewBox="${viewBox}">${markup}</svg>`,
    'image/svg+xml',
  );
  const svg = document.importNode(parsed.documentElement, true) as unknown as SVGSVGElement;
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}

export function button(
  testId: string,
  key: BesideKey,
  className: string,
  act: () => void,
  picture?: SVGSVGElement,
): HTMLButtonElement {
  const element = make('button', className);
  element.type = 'button';
  element.dataset['testid'] = testId;
  if (picture) element.append(make('i', '', picture));
  element.append(text('span', key));
  element.onclick = act;
  return element;
}

export function relabel(element: HTMLElement, key: BesideKey, fill?: Fill): void {
  const label = element.querySelector('span');
  if (label) put(label, key, fill);
}

/** A handler that answered false would swallow every other key. */
export function onKey(element: HTMLElement, key: 'Escape' | 'Enter', act: () => void): void {
  element.addEventListener('keydown', e => {
    if (e.key === key && !e.isComposing) act();
  });
}

/** Seconds or minutes, whichever a person would say. */
export function roughly(seconds: number): { readonly n: string; readonly minutes: boolean } {
  const minutes = seconds >= 90;
  const n = minutes
    ? Math.round(seconds / 60)
    : Math.max(1, seconds < 20 ? Math.ceil(seconds) : Math.ceil(seconds / 5) * 5);
  return { n: n.toLocaleString(phrases.language.code), minutes };
}

export const ICONS = {
  photo: (): SVGSVGElement =>
    drawing(
      '0 0 24 24',
      '<path d="M9 4L7.500 6H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2h-3.500L15 4zm3 4.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9z"/>',
    ),
  note: (): SVGSVGElement =>
    drawing(
      '0 0 24 24',
      '<path d="M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"/><circle cx="12" cy="10.500" r="4" fill="#c8321f"/>',
    ),
  list: (): SVGSVGElement =>
    drawing(
      '0 0 24 24',
      '<path d="M4 4h16v12H9l-5 4z"/><path d="M7 8h10M7 11.500h7" stroke="#0b7a75" stroke-width="1.600"/>',
    ),
} as const;
