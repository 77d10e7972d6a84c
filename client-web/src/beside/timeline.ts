// The time line as this page knows it: what the server said, and the words that are still on their way there.
import type { Entry, EntryState } from './messages';

/** Words that do not stand in the server's time line yet. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  readonly at: number;
}

/** What must outlive a reload. */
export interface Kept {
  readonly v: number;
  readonly entries: readonly Entry[];
  readonly unsent: readonly Unsent[];
}

export class Timeline {
  private readonly entries = new Map<number, Entry>();
  private unsentWords: Unsent[] = [];
  /** Own words by id: the server does not say them back. */
  private readonly words = new Map<string, string>();
  /** The highest change seen. */
  v = 0;

  restore(kept: Kept): void {
    this.v = kept.v;
    for (const entry of kept.entries) this.entries.set(entry.i, entry);
    this.unsentWords = [...kept.unsent];
    for (const { id, text } of kept.unsent) this.words.set(id, text);
  }

  keep(): Kept {
    return { v: this.v, entries: this.all(), unsent: this.unsentWords };
  }

  /** Takes changes over; answers the entries that are new or differ, whole. */
  merge(changes: readonly Entry[]): readonly { readonly entry: Entry; readonly isNew: boolean }[] {
    return changes.map(change => {
      const old = this.entries.get(change.i);
      const text = change.text ?? old?.text ?? (change.id ? this.words.get(change.id) : undefined);
      // Older news of an entry that crossed newer ones changes nothing.
      const stale = old !== undefined && old.v > change.v;
      const entry = stale ? old : { ...old, ...change, ...(text === undefined ? {} : { text }) };
      this.entries.set(change.i, entry);
      this.v = Math.max(this.v, change.v);
      if (entry.id) this.unsentWords = this.unsentWords.filter(each => each.id !== entry.id);
      return { entry, isNew: old === undefined };
    });
  }

  write(words: Unsent): void {
    this.words.set(words.id, words.text);
    this.unsentWords.push(words);
  }

  get unsent(): readonly Unsent[] {
    return this.unsentWords;
  }

  all(): Entry[] {
    return [...this.entries.values()].sort((a, b) => a.i - b.i);
  }

  byId(id: string): Entry | undefined {
    return this.all().find(entry => entry.id === id);
  }

  /** The photo-request that `role` was asked last and has not answered. */
  openRequest(): Entry | undefined {
    const answered = new Set(this.all().flatMap(({ k, for: asked }) => (k === 'photo' && asked ? [asked] : [])));
    return this.all()
      .reverse()
      .find(({ k, s, id }) => k === 'ask' && s !== 'answered' && s !== 'gone' && !answered.has(id ?? ''));
  }

  /** How many of the others' words, notes and pictures were not on this screen yet. */
  unseen(role: string): number {
    const mine = (entry: Entry): boolean => entry.by === role;
    const news = (s: EntryState | undefined): boolean => s === 'sent' || s === 'delivered';
    return this.all().filter(e => e.k !== 'event' && e.k !== 'ask' && !mine(e) && news(e.s)).length;
  }
}
