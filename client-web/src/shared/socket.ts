// The control socket: one at a time, back by itself with growing, jittered pauses, until the server says it is over.
import type { Early } from './early';
import { parseServerMessage, type PageMessage, type ServerMessage } from './protocol';

/** Why a socket will not come back by itself. */
export type Final = 'replaced' | 'ended';

export interface SocketEvents {
  message(m: ServerMessage): void;
  /** A frame that is none of these messages: one about items, or bytes of one. */
  other(frame: unknown): void;
  /** The socket is gone; `opened` tells whether it ever was there. Another one follows unless the page closes. */
  lost(opened: boolean): void;
  /** The server closed for good. */
  final(why: Final): void;
}

/** What a socket is made of; tests bring their own. */
export interface SocketParts {
  /** The first one, where it was opened before. */
  early?: Early | undefined;
  open(): WebSocket;
  random(): number;
  /** Milliseconds of a clock that never jumps. */
  nowMs(): number;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
// TCP, TLS and the upgrade are five round trips, 1.3 s each and more on GPRS.
const OPEN_TIMEOUT_MS = 25_000;
// A socket that lived this long was a good one: its loss starts the pauses anew.
const GOOD_LIFE_MS = 5_000;
// Of a WebSocket's readyState.
const OPEN = 1;
const REPLACED = 4001;
const ENDED = 4002;

/** How long to wait before attempt `n` (from 0): doubling, capped, with the upper half drawn at random. */
export function pauseMs(n: number, random: number): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(n, 10));
  return full / 2 + (full / 2) * random;
}

export class ControlSocket {
  private ws: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private openedAtMs: number | undefined;
  private closed = false;

  constructor(
    private readonly parts: SocketParts,
    private readonly events: SocketEvents,
  ) {}

  get open(): boolean {
    return this.openedAtMs !== undefined;
  }

  connect(): void {
    if (this.closed || this.ws) return;
    clearTimeout(this.timer);
    const { early } = this.parts;
    this.parts.early = undefined;
    // Lost before it was wanted, it is none.
    const kept = early && early.readyState <= OPEN;
    let ws: WebSocket;
    try {
      ws = kept ? early : this.parts.open();
    } catch {
      this.retry(false);
      return;
    }
    this.ws = ws;
    ws.binaryType = 'arraybuffer';
    ws.onopen = () => this.onOpen();
    ws.onmessage = e => this.onMessage(e);
    ws.onclose = e => this.onClose(e.code);
    this.timer = setTimeout(() => this.drop(), OPEN_TIMEOUT_MS);
    if (!kept) return;
    if (ws.readyState === OPEN) this.onOpen();
    for (const e of early.got) this.onMessage(e);
  }

  /** Sends if there is a socket now; what must survive a lost one is sent again after `welcome`. */
  send(m: PageMessage): void {
    this.put(JSON.stringify(m));
  }

  /** A frame as it is, text or bytes. */
  put(frame: string | Uint8Array<ArrayBuffer>): void {
    if (this.ws && this.open) this.ws.send(frame);
  }

  /** Bytes that wait in the browser; undefined without an open socket. */
  get buffered(): number | undefined {
    return this.open ? this.ws?.bufferedAmount : undefined;
  }

  /** The network is back or the page is in front again: no more waiting. */
  hurry(): void {
    if (this.ws) return;
    this.failures = 0;
    this.connect();
  }

  /** The socket seems dead though nobody said so: away with it and on to the next one. */
  drop(): void {
    if (!this.ws) return;
    const ws = this.ws;
    this.forget();
    ws.close();
    this.retry(this.takeOpened());
  }

  /** For good, from this side. What was sent before still goes out. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    const ws = this.ws;
    this.forget();
    this.openedAtMs = undefined;
    ws?.close();
  }

  /** After {@link close}: the person came back. */
  reopen(): void {
    this.closed = false;
    this.failures = 0;
    this.connect();
  }

  private onOpen(): void {
    clearTimeout(this.timer);
    this.openedAtMs = this.parts.nowMs();
  }

  private onMessage({ data }: MessageEvent): void {
    const m = parseServerMessage(data);
    if (m) this.events.message(m);
    else this.events.other(data);
  }

  private onClose(code: number): void {
    this.forget();
    const opened = this.takeOpened();
    if (code === REPLACED || code === ENDED) {
      this.closed = true;
      clearTimeout(this.timer);
      this.events.final(code === REPLACED ? 'replaced' : 'ended');
      return;
    }
    this.retry(opened);
  }

  private takeOpened(): boolean {
    const since = this.openedAtMs;
    this.openedAtMs = undefined;
    if (since !== undefined && this.parts.nowMs() - since >= GOOD_LIFE_MS) this.failures = 0;
    return since !== undefined;
  }

  private forget(): void {
    const ws = this.ws;
    this.ws = undefined;
    if (ws) ws.onopen = ws.onmessage = ws.onclose = null;
  }

  private retry(opened: boolean): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), pauseMs(this.failures++, this.parts.random()));
    this.events.lost(opened);
  }
}
