// Texts by key. A language may lack a key: English stands in, and the element says which language it speaks.

export type Texts<K extends string> = Readonly<Record<K, string>>;

export interface Language<K extends string> {
  readonly code: string;
  readonly dir: 'ltr' | 'rtl';
  readonly texts: Partial<Texts<K>>;
}

export class Phrases<K extends string> {
  private current: Language<K>;

  /** @param known with the fallback first, which has every key */
  constructor(
    private readonly fallback: Language<K> & { readonly texts: Texts<K> },
    private readonly others: Language<K>[],
  ) {
    this.current = fallback;
  }

  /** One more that may be chosen from now on. */
  add(language: Language<K>): void {
    this.others.push(language);
  }

  get language(): Language<K> {
    return this.current;
  }

  /** Chooses the first wanted language that is known; `ur-PK` asks for `ur`. False if none is. */
  choose(wanted: readonly (string | undefined)[]): boolean {
    for (const tag of wanted) {
      const code = tag?.toLowerCase().split('-')[0];
      const found = [this.fallback, ...this.others].find(language => language.code === code);
      if (found) {
        this.current = found;
        return true;
      }
    }
    return false;
  }

  /** The text of `key` with `{n}` filled in, and the language it is in. */
  say(key: K, fill: Readonly<Record<string, string>> = {}): { readonly text: string; readonly language: Language<K> } {
    const own = this.current.texts[key];
    const text = (own ?? this.fallback.texts[key]).replace(/\{(\w+)\}/g, (_, name: string) => fill[name] ?? '');
    return { text, language: own === undefined ? this.fallback : this.current };
  }
}
