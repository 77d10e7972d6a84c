// The texts of what travels beside the call. English comes with the script; a page adds the languages that it has.
import { besideEn, type BesideKey } from '../messages/beside.en';
import { Phrases } from '../shared/i18n';
import { wording } from './wording';

export const phrases = new Phrases<BesideKey>({ code: 'en', dir: 'ltr', texts: besideEn }, []);

export const { words, put, text, button, relabel, again } = wording(phrases);

export function isKey(key: string): key is BesideKey {
  return key in besideEn;
}

/** Seconds or minutes, whichever a person would say. */
export function roughly(seconds: number): { readonly n: string; readonly minutes: boolean } {
  const minutes = seconds >= 90;
  const n = minutes
    ? Math.round(seconds / 60)
    : Math.max(1, seconds < 20 ? Math.ceil(seconds) : Math.ceil(seconds / 5) * 5);
  return { n: n.toLocaleString(phrases.language.code), minutes };
}
