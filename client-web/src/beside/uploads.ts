// Items on their way to the server: who goes next, how fast, and from which byte after anything that breaks. The server sets
// the pace, because a socket's own flow control knows nothing of the voice beside it (docs/protocol.md, "Pace", "Uploads").
import { chunkFrame } from './frames';
import type { Kind, Offer, Pace, Said } from './messages';

/** What uploads are made of; tests bring their own. */
export interface UploadParts {
  say(m: Said): void;
  sayBytes(frame: Uint8Array<ArrayBuffer>): void;
  /** Bytes that wait in the browser's socket; undefined without an open one. */
  buffered(): number | undefined;
  nowMs(): number;
  after(ms: number, act: () => void): void;
}

export type UploadState = 'waiting' | 'going' | 'done' | 'refused';

export interface UploadNews {
  readonly offer: Offer;
  readonly state: UploadState;
  /** Bytes that the server has. */
  readonly kept: number;
  /** Seconds at the rate of the last ten; undefined while nothing moves. */
  readonly leftSeconds: number | undefined;
  /** Of `refused`: a type of the protocol. */
  readonly why: string | undefined;
}

// Link bits of a chunk beside its own: IP, TCP, TLS, WebSocket, the frame's head.
const CHUNK_COST_BYTES = 75;
const ORDER: Record<Kind, number> = { thumb: 0, note: 1, photo: 2, still: 3 };
const MOST_AT_ONCE = 8;
const MOST_NUMBER = 127;
// While a chunk waits in the browser's socket.
const LOOK_AGAIN_MS = 40;
const RATE_OVER_MS = 10_000;
const AGAIN_FIRST_MS = 4_000;
const AGAIN_MOST_MS = 60_000;
/** A file whose hash is wrong again and again is broken here and not on the way. */
const MOST_AGAIN: Readonly<Record<string, number>> = { 'wrong-hash': 3 };

interface Upload {
  readonly offer: Offer;
  readonly data: Uint8Array<ArrayBuffer>;
  /** This socket's number; 0: not put on it. */
  n: number;
  /** Whether a server may hold a part of it: then its word is awaited. */
  known: boolean;
  /** Whether bytes may flow. */
  open: boolean;
  next: number;
  kept: number;
  again: number;
  notBeforeMs: number;
  marks: { readonly atMs: number; readonly kept: number }[];
}

export class Uploads {
  private readonly items = new Map<string, Upload>();
  private pace: Pace | undefined;
  private ready = false;
  private freeAtMs = 0;
  private awaited = false;

  constructor(
    private readonly parts: UploadParts,
    private readonly news: (news: UploadNews) => void,
  ) {}

  /** @param known whether the server may have a part of it from an earlier socket or visit */
  add(offer: Offer, data: Uint8Array<ArrayBuffer>, known = false): void {
    if (this.items.has(offer.id)) return;
    if (offer.kind === 'still') this.forgetStills();
    const fresh = { n: 0, known, open: false, next: 0, kept: 0, again: 0, notBeforeMs: 0, marks: [] };
    this.items.set(offer.id, { offer, data, ...fresh });
    this.putAll();
    this.pump();
  }

  /** The item is given up. */
  cancel(id: string): void {
    const item = this.items.get(id);
    if (!item) return;
    this.items.delete(id);
    if (item.known) this.parts.say({ t: 'cancel', id });
    this.putAll();
  }

  /** A still that has not begun, or undefined: a newer one may take its place. */
  get still(): { readonly begun: boolean } | undefined {
    const item = [...this.items.values()].find(each => each.offer.kind === 'still');
    return item && { begun: item.next > 0 };
  }

  /** What is not done, for the way without a socket. */
  pending(): readonly { readonly offer: Offer; readonly data: Uint8Array<ArrayBuffer> }[] {
    return this.sorted().filter(({ offer }) => offer.kind !== 'still');
  }

  /** A socket is there and knows that this person is here. */
  opened(): void {
    this.ready = true;
    for (const item of this.items.values()) [item.n, item.open] = [0, false];
    this.putAll();
    this.pump();
  }

  lost(): void {
    this.ready = false;
    this.pace = undefined;
    this.forgetStills();
    for (const item of this.items.values()) {
      [item.n, item.open] = [0, false];
      this.tell(item);
    }
  }

  onPace(pace: Pace): void {
    const resumed = (this.pace?.up ?? 0) === 0 && pace.up > 0;
    this.pace = pace;
    if (resumed) this.freeAtMs = Math.min(this.freeAtMs, this.parts.nowMs());
    this.pump();
  }

  onGo(id: string, off: number): void {
    const item = this.items.get(id);
    if (!item || item.n === 0) return;
    item.open = true;
    item.next = Math.min(off, item.data.length);
    this.keep(item, item.next);
    this.pump();
  }

  onAck(n: number, off: number): void {
    const item = [...this.items.values()].find(each => each.n === n);
    if (!item || off > item.next || off < item.kept) return;
    this.keep(item, off);
    this.pump();
  }

  onDone(id: string): void {
    this.finish(id, 'done', undefined);
  }

  onRefuse(id: string, type: string, again: boolean): void {
    const item = this.items.get(id);
    if (!item) return;
    if (!again || item.again >= (MOST_AGAIN[type] ?? Infinity)) {
      // What a newer socket or a newer still took over is nobody's failure.
      if (type === 'replaced') this.items.delete(id);
      else this.finish(id, 'refused', type);
      return;
    }
    const waitMs = Math.min(AGAIN_MOST_MS, AGAIN_FIRST_MS * 2 ** item.again++);
    Object.assign(item, { n: 0, open: false, next: 0, kept: 0, marks: [], notBeforeMs: this.parts.nowMs() + waitMs });
    this.tell(item);
    this.parts.after(waitMs, () => this.putAll());
  }

  /** What another way than the socket brought there. */
  elsewhere(id: string, kept: number): void {
    const item = this.items.get(id);
    if (!item) return;
    item.known = true;
    this.keep(item, kept);
  }

  private keep(item: Upload, kept: number): void {
    const nowMs = this.parts.nowMs();
    if (kept < item.kept) item.marks = [];
    item.kept = kept;
    item.marks.push({ atMs: nowMs, kept });
    while ((item.marks[1]?.atMs ?? nowMs) <= nowMs - RATE_OVER_MS) item.marks.shift();
    this.tell(item);
  }

  private finish(id: string, state: 'done' | 'refused', why: string | undefined): void {
    const item = this.items.get(id);
    if (!item) return;
    this.items.delete(id);
    const kept = state === 'done' ? item.data.length : 0;
    this.news({ offer: item.offer, state, kept, leftSeconds: undefined, why });
    this.putAll();
    this.pump();
  }

  private tell(item: Upload): void {
    const state = item.open && (this.pace?.up ?? 0) > 0 ? 'going' : 'waiting';
    const leftSeconds = state === 'going' ? this.left(item) : undefined;
    this.news({ offer: item.offer, state, kept: item.kept, leftSeconds, why: undefined });
  }

  /** What goes before this one is waited for as well. */
  private left(item: Upload): number | undefined {
    const first = item.marks[0];
    const nowMs = this.parts.nowMs();
    if (!first || item.kept <= first.kept || nowMs - first.atMs < 500) return undefined;
    const before = this.sorted().slice(0, this.sorted().indexOf(item));
    const bytes = before.reduce((sum, each) => sum + each.data.length - each.kept, item.data.length - item.kept);
    return (bytes * (nowMs - first.atMs)) / (item.kept - first.kept) / 1000;
  }

  private forgetStills(): void {
    for (const [id, { offer }] of this.items) if (offer.kind === 'still') this.items.delete(id);
  }

  private sorted(): Upload[] {
    return [...this.items.values()].sort((a, b) => ORDER[a.offer.kind] - ORDER[b.offer.kind]);
  }

  private putAll(): void {
    if (!this.ready) return;
    const used = new Set([...this.items.values()].map(item => item.n));
    let free = MOST_AT_ONCE - [...this.items.values()].filter(item => item.n > 0).length;
    for (const item of this.sorted()) {
      if (free <= 0) return;
      if (item.n > 0 || item.notBeforeMs > this.parts.nowMs()) continue;
      item.n = this.number(used);
      used.add(item.n);
      free--;
      // The first time nothing can be there: no round trip is waited for.
      [item.open, item.next] = [!item.known, 0];
      item.known = true;
      this.parts.say({ t: 'put', n: item.n, ...item.offer });
    }
  }

  private lastNumber = 0;

  /** Numbers go round, so that a late word about the one before meets nobody. */
  private number(used: ReadonlySet<number>): number {
    do this.lastNumber = (this.lastNumber % MOST_NUMBER) + 1;
    while (used.has(this.lastNumber));
    return this.lastNumber;
  }

  /** At most one chunk, then the next one in its time. */
  private pump(): void {
    const { pace } = this;
    if (!this.ready || !pace || pace.up <= 0 || this.awaited) return;
    const item = this.sorted().find(each => each.open && each.next < each.data.length);
    if (!item) return;
    const waitMs = this.freeAtMs - this.parts.nowMs();
    const buffered = this.parts.buffered();
    if (buffered === undefined) return;
    if (waitMs > 0 || buffered > 0) {
      this.look(Math.max(waitMs, buffered > 0 ? LOOK_AGAIN_MS : 0));
      return;
    }
    const length = Math.min(pace.chunk, item.data.length - item.next);
    // An acknowledgement makes room, and calls again.
    if (this.inFlight() + length > pace.win && this.inFlight() > 0) return;
    const frame = chunkFrame(item.n, item.next, item.data.subarray(item.next, item.next + length));
    item.next += length;
    const costMs = ((length + CHUNK_COST_BYTES) * 8) / pace.up;
    this.freeAtMs = this.parts.nowMs() + costMs;
    this.look(costMs);
    this.parts.sayBytes(frame);
  }

  private look(ms: number): void {
    this.awaited = true;
    this.parts.after(ms, () => {
      this.awaited = false;
      this.pump();
    });
  }

  private inFlight(): number {
    let bytes = 0;
    for (const item of this.items.values()) if (item.open) bytes += item.next - item.kept;
    return bytes;
  }
}
