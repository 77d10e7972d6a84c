// The texts of what comes later, in the language of the page: English came with the script, another one is some 2 KB of its own.
import * as beside from '../beside/words';
import type { BesideKey } from '../messages/beside.en';
import type { LineKey } from '../messages/line.en';
import type { Language } from '../shared/i18n';
import { fetchGently } from '../shared/later';
import { phrases as line } from './line';

/** Which there are, and a name for this version of them; filled in by the build. */
declare const LATER_WORDS: { readonly id: string; readonly codes: readonly string[] };

const PAUSE_MS = 3_000;
const ATTEMPTS = 3;

export class LaterTongue {
  private readonly coming = new Map<string, Promise<void>>();
  private wanted: string | undefined;

  constructor(private readonly token: string) {}

  /** Chooses `wanted` once it is there: at once if it has come already. English stays if it never comes. */
  async speak(wanted: string | undefined): Promise<void> {
    this.wanted = wanted;
    if (wanted === undefined || this.choose(wanted) || !LATER_WORDS.codes.includes(wanted)) return;
    const coming = this.coming.get(wanted) ?? this.fetch(wanted);
    this.coming.set(wanted, coming);
    await coming;
    if (this.wanted === wanted) this.choose(wanted); // or the page speaks another one by now
  }

  private choose(code: string): boolean {
    const before = beside.phrases.language;
    if (!line.choose([code]) || !beside.phrases.choose([code])) return false;
    if (beside.phrases.language !== before) beside.again();
    return true;
  }

  private async fetch(code: string): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        const address = `/assets/later-${LATER_WORDS.id}-${code}.js${attempt ? `?${attempt}` : ''}`;
        await fetchGently(address, this.token);
        const language = (await import(address)) as Language<BesideKey & LineKey>;
        line.add(language);
        beside.phrases.add(language);
        return;
      } catch {
        await new Promise(resolve => setTimeout(resolve, PAUSE_MS * 2 ** attempt));
      }
    }
    this.coming.delete(code);
  }
}
