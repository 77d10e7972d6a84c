// Everything that travels beside the call, on one desk: uploads, downloads, the time line, and what of them outlives a reload.
// Knows no elements; the panel shows it.
import type { Host, Later, Now } from '../shared/later';
import { Downloads, type Came } from './downloads';
import { parseFrame } from './frames';
import { drawId, parseHeard, sha256, type Entry, type Heard, type Offer, type Said, type View } from './messages';
import { Plain } from './plain';
import type { Store } from './store';
import { Timeline, type Kept } from './timeline';
import { Uploads, type UploadNews } from './uploads';

/** How far an item is, either way. */
export interface Progress {
  /** 0 to 1. */
  readonly share: number;
  readonly leftSeconds: number | undefined;
  readonly state: UploadNews['state'] | 'fetching';
  readonly why?: string;
}

export interface DeskEvents {
  /** Something to show has changed. */
  changed(): void;
  /** A line of the time line came into being while this page looked. */
  news(entry: Entry): void;
  /** A note that nobody has heard here is there. */
  note(entry: Entry, url: string): void;
  still(still: Came): void;
  floor(floor: { readonly by?: string; readonly you: boolean; readonly left?: number } | undefined): void;
}

export interface NewPhoto {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly w: number;
  readonly h: number;
  readonly view: View;
  readonly thumb: {
    readonly data: Uint8Array<ArrayBuffer>;
    readonly type: string;
    readonly w: number;
    readonly h: number;
  };
}

interface KeptUpload {
  readonly offer: Offer;
  readonly data: Uint8Array<ArrayBuffer>;
}

const SAY_SEEN_EVERY_MS = 2_000;
const KEEP_AFTER_MS = 600;

export class Desk implements Omit<Later, 'commanded'> {
  readonly timeline = new Timeline();
  readonly uploads: Uploads;
  readonly downloads: Downloads;
  private readonly plain: Plain;
  private readonly urls = new Map<string, string>();
  private readonly going = new Map<string, Progress>();
  /** Items of the others as they reach the server, by `prog`. */
  private readonly coming = new Map<string, Progress>();
  private readonly heardNotes = new Set<string>();
  private gotTimer: ReturnType<typeof setTimeout> | undefined;
  private keepTimer: ReturnType<typeof setTimeout> | undefined;
  private said = { got: 0, seen: 0 };
  private looking = false;
  private open = false;
  now: Now | undefined;

  constructor(
    readonly host: Host,
    private readonly store: Store,
    private readonly events: DeskEvents,
  ) {
    const parts = {
      say: (m: Said) => this.say(m),
      sayBytes: (frame: Uint8Array<ArrayBuffer>) => host.put(frame),
      buffered: () => host.buffered(),
      nowMs: () => performance.now(),
      after: (ms: number, act: () => void) => void setTimeout(act, ms),
      store,
    };
    this.uploads = new Uploads(parts, news => this.onUpload(news));
    this.downloads = new Downloads(
      parts,
      item => this.onCame(item),
      (id, have) => this.onFetched(id, have),
      parts.nowMs,
    );
    this.plain = new Plain(host.token, this.uploads, {
      entries: (entries, whole) => this.onEntries(entries, whole),
      done: id => this.uploads.onDone(id),
      refused: (id, type) => this.uploads.onRefuse(id, type, false),
      words: () => this.timeline.unsent,
      v: () => this.timeline.v,
    });
  }

  /** What an earlier visit left: unfinished files, unsent words, the time line. */
  async restore(): Promise<void> {
    const kept = (await this.store.get('tl')) as Kept | undefined;
    if (kept) this.timeline.restore(kept);
    for (const key of await this.store.keys()) {
      if (!key.startsWith('up/')) continue;
      const { offer, data } = (await this.store.get(key)) as KeptUpload;
      this.uploads.add(offer, data, true);
    }
  }

  update(now: Now): void {
    const ended = now.over !== undefined && this.now?.over === undefined;
    const { here: was = false } = this.now ?? {};
    this.now = now;
    // Without a socket that opens there is still another way; who has left says nothing.
    if (now.here && !was && !this.open) this.plain.watch();
    else if (!now.here && !ended) this.plain.stop();
    if (!ended) return;
    this.plain.finish(now.over === 'consult-ended');
    // A borrowed phone keeps nothing of a consultation that is over, but what is still to be brought there.
    if (now.over === 'consult-ended' && this.uploads.pending().length === 0) void this.store.clear();
  }

  opened(): void {
    this.open = true;
    this.plain.stop();
    this.said = { got: 0, seen: 0 };
    this.say({ t: 'tl', from: this.timeline.v });
    for (const { id, text } of this.timeline.unsent) this.say({ t: 'msg', id, text });
    this.uploads.opened();
    this.downloads.opened();
    this.fetchAll();
    this.tellSeen();
  }

  lost(): void {
    if (!this.open) return;
    this.open = false;
    this.uploads.lost();
    this.downloads.lost();
    this.coming.clear();
    this.events.floor(undefined);
    if (this.now?.here) this.plain.watch();
    this.events.changed();
  }

  heard(frame: unknown): void {
    if (typeof frame === 'string') {
      const m = parseHeard(frame);
      if (m) this.onHeard(m);
      return;
    }
    const parsed = frame instanceof ArrayBuffer ? parseFrame(frame) : undefined;
    if (!parsed) return;
    if (parsed.ack) this.uploads.onAck(parsed.n, parsed.off);
    else this.downloads.onChunk(parsed);
  }

  say(m: Said): void {
    this.host.put(JSON.stringify(m));
  }

  write(text: string): void {
    const words = { id: drawId(), text, at: Math.round(Date.now() / 1000) };
    this.timeline.write(words);
    this.say({ t: 'msg', id: words.id, text });
    this.keep();
    this.events.changed();
  }

  ask(view: View): void {
    this.say({ t: 'photo-request', id: drawId(), view });
  }

  async sendNote(data: Uint8Array<ArrayBuffer>, type: string, ms: number): Promise<void> {
    const id = drawId();
    this.urls.set(id, URL.createObjectURL(new Blob([data], { type })));
    const offer = { id, kind: 'note', bytes: data.length, type, sha: await sha256(data), ms: Math.round(ms) } as const;
    await this.send({ ...offer, at: Math.round(Date.now() / 1000) }, data);
  }

  async sendPhoto(photo: NewPhoto, answers: string | undefined): Promise<void> {
    const { data, type, w, h, view, thumb } = photo;
    const [id, thumbId] = [drawId(), drawId()];
    this.urls.set(id, URL.createObjectURL(new Blob([data], { type })));
    this.urls.set(thumbId, URL.createObjectURL(new Blob([thumb.data], { type: thumb.type })));
    const small = { id: thumbId, kind: 'thumb', bytes: thumb.data.length, type: thumb.type } as const;
    const large = { id, kind: 'photo', bytes: data.length, type, view, w, h, thumb: thumbId } as const;
    const asked = answers ? { for: answers } : {};
    const at = Math.round(Date.now() / 1000);
    await this.send({ ...small, sha: await sha256(thumb.data), w: thumb.w, h: thumb.h }, thumb.data);
    await this.send({ ...large, sha: await sha256(data), at, ...asked }, data);
  }

  /** Live pictures are neither kept nor announced. */
  sendStill(data: Uint8Array<ArrayBuffer>, type: string, w: number, h: number, age: number): void {
    const offer = { id: drawId(), kind: 'still', bytes: data.length, type, w, h, age: Math.round(age) } as const;
    this.uploads.add(offer, data);
  }

  cancel(id: string): void {
    this.uploads.cancel(id);
    this.going.delete(id);
    void this.store.delete(`up/${id}`);
    this.events.changed();
  }

  /** Where an item can be shown or played from, if it is here. */
  url(id: string | undefined): string | undefined {
    return id === undefined ? undefined : this.urls.get(id);
  }

  progress(id: string | undefined): Progress | undefined {
    return id === undefined ? undefined : (this.going.get(id) ?? this.coming.get(id));
  }

  /** Own items that the time line does not know yet. */
  get unannounced(): readonly Offer[] {
    const known = new Set(this.timeline.all().map(entry => entry.id));
    return this.uploads
      .pending()
      .flatMap(({ offer }) => (offer.kind === 'thumb' || known.has(offer.id) ? [] : [offer]));
  }

  /** The person has this photo or note before them. */
  regarded(id: string): void {
    this.heardNotes.add(id);
    this.say({ t: 'seen', id });
  }

  /** Whether the time line is on the screen. */
  look(looking: boolean): void {
    this.looking = looking;
    if (looking) this.tellSeen();
  }

  fetch(entry: Entry): void {
    const { id, k, bytes, type, sha } = entry;
    if ((k !== 'photo' && k !== 'note') || !id || bytes === undefined || !type || !sha || this.urls.has(id)) return;
    void this.downloads.want({ id, bytes, type, sha }, k);
  }

  private async send(offer: Offer, data: Uint8Array<ArrayBuffer>): Promise<void> {
    // On disk before the first byte leaves: a page that dies in between goes on with the same id.
    await this.store.put(`up/${offer.id}`, { offer, data } satisfies KeptUpload);
    this.uploads.add(offer, data);
    this.events.changed();
  }

  private onHeard(m: Heard): void {
    switch (m.t) {
      case 'pace':
        this.uploads.onPace(m);
        break;
      case 'go':
        this.uploads.onGo(m.id, m.off);
        break;
      case 'done':
        this.uploads.onDone(m.id);
        break;
      case 'refuse':
        this.uploads.onRefuse(m.id, m.type, m.again);
        this.downloads.onRefuse(m.id);
        break;
      case 'give':
        this.downloads.onGive(m);
        break;
      case 'tl':
        this.onEntries(m.e, !m.more);
        break;
      case 'prog':
        this.onProg(m.id, m.off, m.left);
        break;
      case 'floor':
        this.events.floor(m);
    }
  }

  private onProg(id: string, off: number, left: number | undefined): void {
    const bytes = this.timeline.byId(id)?.bytes;
    if (!bytes) return;
    this.coming.set(id, {
      share: Math.min(1, off / bytes),
      leftSeconds: left,
      state: left === undefined ? 'waiting' : 'going',
    });
    this.events.changed();
  }

  private onEntries(entries: readonly Entry[], whole: boolean): void {
    for (const { entry, isNew } of this.timeline.merge(entries)) {
      if (entry.id && entry.s !== 'coming') this.coming.delete(entry.id);
      if (isNew) this.events.news(entry);
    }
    if (whole) this.fetchAll();
    this.tellSeen();
    this.keep();
    this.events.changed();
  }

  /** Everything of the others that is complete at the server is fetched, oldest first; the server knows what goes first. */
  private fetchAll(): void {
    const there = (entry: Entry): boolean => entry.s === 'sent' || entry.s === 'delivered' || entry.s === 'seen';
    for (const entry of this.timeline.all()) if (entry.by !== this.host.role && there(entry)) this.fetch(entry);
  }

  private onUpload({ offer, state, kept, leftSeconds, why }: UploadNews): void {
    if (offer.kind === 'still') return;
    const { id } = offer;
    if (state === 'done') this.going.delete(id);
    else this.going.set(id, { share: kept / offer.bytes, leftSeconds, state, ...(why ? { why } : {}) });
    if (state === 'done' || state === 'refused') {
      void this.store.delete(`up/${id}`);
      if (this.now?.over && this.uploads.pending().length === 0) void this.store.clear();
    }
    this.events.changed();
  }

  private onFetched(id: string, have: number): void {
    const bytes = this.timeline.byId(id)?.bytes;
    if (!bytes) return;
    this.going.set(id, { share: have / bytes, leftSeconds: undefined, state: 'fetching' });
    this.events.changed();
  }

  private onCame(item: Came): void {
    if (item.kind === 'still') {
      this.events.still(item);
      return;
    }
    this.going.delete(item.id);
    // The type is one of the few that the server lets through; a blob never becomes a page here.
    const url = URL.createObjectURL(new Blob([item.data], { type: item.type }));
    this.urls.set(item.id, url);
    const entry = this.timeline.byId(item.id);
    if (entry && item.kind === 'note' && entry.s !== 'seen' && !this.heardNotes.has(item.id))
      this.events.note(entry, url);
    this.events.changed();
  }

  private tellSeen(): void {
    if (this.gotTimer !== undefined || !this.open) return;
    const { v } = this.timeline;
    const seen = this.looking ? v : 0;
    if (v > this.said.got) this.say({ t: 'got', v });
    if (seen > this.said.seen) this.say({ t: 'seen', v: seen });
    this.said = { got: Math.max(v, this.said.got), seen: Math.max(seen, this.said.seen) };
    this.gotTimer = setTimeout(() => {
      this.gotTimer = undefined;
      if (this.timeline.v > this.said.got || (this.looking && this.timeline.v > this.said.seen)) this.tellSeen();
    }, SAY_SEEN_EVERY_MS);
  }

  private keep(): void {
    this.keepTimer ??= setTimeout(() => {
      this.keepTimer = undefined;
      if (!this.now?.over) void this.store.put('tl', this.timeline.keep());
    }, KEEP_AFTER_MS);
  }
}
