// Items on their way from the server, acknowledged so that it can pace them, and asked for again from the byte where they
// stopped (docs/protocol.md, "Downloads").
import { ackFrame, type Frame } from './frames';
import { sha256, type Give, type Kind, type Said } from './messages';
import type { Store } from './store';

export interface DownloadParts {
  say(m: Said): void;
  sayBytes(frame: Uint8Array<ArrayBuffer>): void;
  readonly store: Store;
}

/** What is wanted, as the time line has it. */
export interface Wanted {
  readonly id: string;
  readonly bytes: number;
  readonly type: string;
  readonly sha: string;
}

/** A whole item. */
export interface Came {
  readonly id: string;
  readonly kind: Kind;
  readonly type: string;
  readonly data: Uint8Array<ArrayBuffer>;
  readonly from: string | undefined;
  /** Of stills: how old it was when its last byte was asked for, ms; it ages from then on. */
  readonly ageMs: number;
}

interface Download {
  readonly id: string;
  kind: Kind;
  type: string;
  sha: string | undefined;
  data: Uint8Array<ArrayBuffer>;
  have: number;
  n: number;
  win: number;
  acked: number;
  saved: number;
  wrong: number;
  from: string | undefined;
  ageMs: number;
  begunMs: number;
}

const DEFAULT_WIN = 2800;
// A page that is closed loses at most so much.
const SAVE_EVERY_BYTES = 16_384;
/** A file that is wrong as often as this is wrong at the server. */
const MOST_WRONG = 3;

export class Downloads {
  private readonly items = new Map<string, Download>();
  private ready = false;

  constructor(
    private readonly parts: DownloadParts,
    private readonly came: (item: Came) => void,
    private readonly progress: (id: string, have: number) => void,
    private readonly nowMs: () => number,
  ) {}

  /** Wanted from now on; what an earlier visit has of it is not fetched again. */
  async want({ id, bytes, type, sha }: Wanted, kind: Kind): Promise<void> {
    if (this.items.has(id)) return;
    const item = this.fresh(id, kind, type, bytes);
    item.sha = sha;
    this.items.set(id, item);
    const kept = await this.parts.store.get(`down/${id}`);
    if (kept instanceof Uint8Array && kept.length <= bytes && this.items.get(id) === item && item.n === 0) {
      item.data.set(kept);
      item.have = item.saved = kept.length;
    }
    if (item.have === bytes) await this.complete(item);
    else this.ask(item);
  }

  opened(): void {
    this.ready = true;
    for (const item of this.items.values()) this.ask(item);
  }

  lost(): void {
    this.ready = false;
    for (const item of this.items.values()) {
      item.n = 0;
      if (item.kind === 'still' || item.kind === 'thumb') this.items.delete(item.id);
    }
  }

  onGive(give: Give): void {
    const { n, id, bytes, win } = give;
    if (id === undefined) {
      const running = this.byNumber(n);
      if (running && win) running.win = win;
      return;
    }
    const other = this.byNumber(n);
    if (other && other.id !== id) other.n = 0;
    let item = this.items.get(id);
    if (!item) {
      // Only these come without being asked for.
      if ((give.kind !== 'still' && give.kind !== 'thumb') || bytes === undefined) return;
      if (give.kind === 'still') this.forgetStills();
      item = this.fresh(id, give.kind, give.type ?? '', bytes);
      this.items.set(id, item);
    }
    if (bytes !== undefined && bytes !== item.data.length) {
      item.data = new Uint8Array(bytes);
      item.have = 0;
    }
    item.n = n;
    item.have = Math.min(item.have, give.off ?? 0);
    item.acked = item.have;
    item.win = win ?? DEFAULT_WIN;
    item.type = give.type ?? item.type;
    item.from = give.from ?? item.from;
    item.ageMs = give.age ?? 0;
    item.begunMs = this.nowMs();
  }

  onChunk({ n, off, bytes }: Frame): void {
    const item = this.byNumber(n);
    if (!item || off > item.have || off + bytes.length > item.data.length) return;
    item.data.set(bytes, off);
    item.have = Math.max(item.have, off + bytes.length);
    const whole = item.have === item.data.length;
    if (whole || item.have - item.acked >= item.win / 2) {
      item.acked = item.have;
      this.parts.sayBytes(ackFrame(n, item.have));
    }
    this.progress(item.id, item.have);
    if (whole) void this.complete(item);
    else if (item.sha && item.have - item.saved >= SAVE_EVERY_BYTES) this.save(item);
  }

  onRefuse(id: string): void {
    this.items.delete(id);
  }

  has(id: string): boolean {
    return this.items.has(id);
  }

  private fresh(id: string, kind: Kind, type: string, bytes: number): Download {
    const none = { have: 0, n: 0, win: DEFAULT_WIN, acked: 0, saved: 0, wrong: 0, ageMs: 0, begunMs: 0 };
    return { id, kind, type, sha: undefined, from: undefined, data: new Uint8Array(bytes), ...none };
  }

  private ask(item: Download): void {
    if (this.ready && item.n === 0 && item.sha) this.parts.say({ t: 'get', id: item.id, off: item.have });
  }

  private byNumber(n: number): Download | undefined {
    return [...this.items.values()].find(item => item.n === n);
  }

  private forgetStills(): void {
    for (const [id, { kind }] of this.items) if (kind === 'still') this.items.delete(id);
  }

  private save(item: Download): void {
    item.saved = item.have;
    void this.parts.store.put(`down/${item.id}`, item.data.slice(0, item.have));
  }

  private async complete(item: Download): Promise<void> {
    if (item.sha && (await sha256(item.data)) !== item.sha) {
      item.have = item.acked = item.saved = 0;
      item.n = 0;
      void this.parts.store.delete(`down/${item.id}`);
      if (++item.wrong < MOST_WRONG) this.ask(item);
      else this.items.delete(item.id);
      return;
    }
    this.items.delete(item.id);
    if (item.sha) {
      this.save(item);
      this.parts.say({ t: 'got', id: item.id });
    }
    const { id, kind, type, data, from } = item;
    this.came({ id, kind, type, data, from, ageMs: item.ageMs + this.nowMs() - item.begunMs });
  }
}
