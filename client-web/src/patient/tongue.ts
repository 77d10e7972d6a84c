// The languages of this page. One came with it; another one comes when it is wanted: each is 1.3 KB, which nobody pays for
// languages that they do not read.
import { code, dir, texts } from 'raabta:words';
import type { PatientKey } from '../messages/patient.en';
import { Phrases, type Language, type Texts } from '../shared/i18n';

/** Which there are, and a name for this version of them; filled in by the build. */
declare const WORDS: { readonly id: string; readonly codes: readonly string[] };

const AGAIN_AFTER_MS = 10_000;

export class Tongue {
  readonly phrases = new Phrases<PatientKey>({ code, dir, texts: texts as Texts<PatientKey> }, []);
  private chosen: string | undefined;
  private coming = new Set<string>();

  /** @param changed told when a language has come */
  constructor(private readonly changed: () => void) {}

  /** The person's own choice: it goes before what the clinic wrote down. */
  choose(wanted: string): void {
    this.chosen = wanted;
    this.want(undefined);
  }

  /** @param written what the clinic wrote down, if anything; `ur-PK` asks for `ur` */
  want(written: string | undefined): void {
    const wanted = (this.chosen ?? written ?? code).toLowerCase().split('-')[0] ?? code;
    if (this.phrases.choose([wanted]) || !WORDS.codes.includes(wanted) || this.coming.has(wanted)) return;
    this.coming.add(wanted);
    import(`/assets/words-${WORDS.id}-${wanted}.js`).then(
      (words: Language<PatientKey>) => {
        this.phrases.add(words);
        this.changed();
      },
      () => setTimeout(() => this.coming.delete(wanted), AGAIN_AFTER_MS),
    );
  }

  get code(): string {
    return this.phrases.language.code;
  }
}
