// The texts of what only the doctor has beside the call.
import { wording } from '../beside/wording';
import { consoleEn, type ConsoleKey } from '../messages/console.en';
import { consoleUr } from '../messages/console.ur';
import { Phrases } from '../shared/i18n';

export const phrases = new Phrases<ConsoleKey>({ code: 'en', dir: 'ltr', texts: consoleEn }, [
  { code: 'ur', dir: 'rtl', texts: consoleUr },
]);

export const { words, put, text, button, relabel } = wording(phrases);
