// Elements that say the texts of one message file in the language of the page.
import { say } from '../shared/dom';
import type { Phrases } from '../shared/i18n';
import { make } from './elements';

type Fill = Readonly<Record<string, string>>;

/** What one message file is said with. */
export interface Wording<K extends string> {
  readonly words: (key: K, fill?: Fill) => string;
  readonly put: (element: HTMLElement, key: K, fill?: Fill) => void;
  /** An element with the text of `key`. */
  readonly text: <T extends keyof HTMLElementTagNameMap>(
    tag: T,
    key: K,
    className?: string,
    fill?: Fill,
  ) => HTMLElementTagNameMap[T];
  readonly button: (
    testId: string,
    key: K,
    className: string,
    act: () => void,
    picture?: SVGSVGElement,
  ) => HTMLButtonElement;
  readonly relabel: (element: HTMLElement, key: K, fill?: Fill) => void;
  /** Says everything in the document anew: the language is another one. */
  readonly again: () => void;
}

export function wording<K extends string>(phrases: Phrases<K>): Wording<K> {
  const said = new WeakMap<Element, readonly [K, Fill | undefined]>();

  const put: Wording<K>['put'] = (element, key, fill) => {
    said.set(element, [key, fill]);
    say(element, phrases, key, fill);
  };
  const text: Wording<K>['text'] = (tag, key, className = '', fill) => {
    const element = make(tag, className);
    put(element, key, fill);
    return element;
  };
  return {
    words: (key, fill) => phrases.say(key, fill).text,
    put,
    text,
    button(testId, key, className, act, picture) {
      const element = make('button', className);
      element.type = 'button';
      element.dataset['testid'] = testId;
      if (picture) element.append(make('i', '', picture));
      element.append(text('span', key));
      element.onclick = act;
      return element;
    },
    relabel(element, key, fill) {
      const label = element.querySelector('span');
      if (label) put(label, key, fill);
    },
    again() {
      for (const element of document.querySelectorAll<HTMLElement>('[lang]')) {
        const what = said.get(element);
        if (what) say(element, phrases, ...what);
      }
    },
  };
}
