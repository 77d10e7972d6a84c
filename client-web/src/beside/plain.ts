// The way for when there is no control socket: the same items at the same offsets over plain HTTP (docs/protocol.md, "Plain
// HTTP"). It waits until the socket has had its chance, and gives way to it.
import { parseEntries, type Entry, type Offer } from './messages';
import type { Unsent } from './timeline';
import type { Uploads } from './uploads';

export interface PlainEvents {
  entries(entries: readonly Entry[], whole: boolean): void;
  done(id: string): void;
  refused(id: string, type: string): void;
  words(): readonly Unsent[];
  v(): number;
}

// A lost socket is usually back within seconds; one that a proxy refuses never is.
const WAIT_MS = 15_000;
const HEARTBEAT_MS = 5_000;
const LONGEST_PAUSE_MS = 30_000;
const FIRST_BODY_BYTES = 4_096;
const MOST_BODY_BYTES = 32_768;
/** A request should be through in about this time: an outage costs no more than one. */
const BODY_MS = 3_000;

type Answer = 'done' | 'refused' | 'again';

export class Plain {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = 0;
  private ended = false;
  private bodyBytes = FIRST_BODY_BYTES;

  constructor(
    private readonly token: string,
    private readonly uploads: Uploads,
    private readonly events: PlainEvents,
  ) {}

  /** The socket is away: if it stays away, this way is taken. */
  watch(): void {
    if (this.ended) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(++this.running), WAIT_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.running++;
  }

  /** No socket will come any more: what was begun is brought there if it may be. */
  finish(allowed: boolean): void {
    this.stop();
    this.ended = true;
    if (allowed && this.uploads.pending().length > 0) void this.run(++this.running);
  }

  private async run(life: number): Promise<void> {
    for (let failures = 0; life === this.running;) {
      try {
        await this.round(life);
        failures = 0;
      } catch {
        failures++; // no network, or a server that has other worries
      }
      if (this.ended && this.uploads.pending().length === 0) return;
      const pauseMs = failures === 0 ? HEARTBEAT_MS : Math.min(LONGEST_PAUSE_MS, HEARTBEAT_MS * 2 ** failures);
      await new Promise(resolve => setTimeout(resolve, pauseMs));
    }
  }

  private async round(life: number): Promise<void> {
    if (!this.ended) await this.talk();
    for (const { offer, data } of this.uploads.pending()) {
      if (life !== this.running) return;
      await this.bring(offer, data, life);
    }
  }

  private async talk(): Promise<void> {
    for (const { id, text } of this.events.words()) await this.call('POST', 'timeline', { t: 'msg', id, text });
    const response = await this.call('GET', `timeline?from=${this.events.v()}`);
    if (!response.ok) throw new Error(String(response.status));
    const { e, more } = (await response.json()) as { e?: unknown; more?: unknown };
    this.events.entries(parseEntries(e), more !== 1);
    if (this.events.v() > 0) await this.call('POST', 'timeline', { t: 'got', v: this.events.v() });
  }

  private async bring(offer: Offer, data: Uint8Array<ArrayBuffer>, life: number): Promise<void> {
    let answer = await this.call('POST', 'transfers', offer);
    for (;;) {
      const result = await this.judge(answer, offer);
      if (result !== 'again') return;
      const off = Number(answer.headers.get('Upload-Offset') ?? Number.NaN);
      if (!Number.isInteger(off) || off > data.length || off < 0) throw new Error('no offset');
      this.uploads.elsewhere(offer.id, off);
      if (off === data.length) {
        this.events.done(offer.id);
        return;
      }
      if (life !== this.running) return;
      answer = await this.patch(offer.id, off, data);
    }
  }

  private async patch(id: string, off: number, data: Uint8Array<ArrayBuffer>): Promise<Response> {
    const body = data.slice(off, off + this.bodyBytes);
    const begunMs = performance.now();
    const answer = await fetch(`/api/transfers/${id}`, {
      method: 'PATCH',
      headers: {
        Authorization: `Bearer ${this.token}`,
        'Content-Type': 'application/offset+octet-stream',
        'Upload-Offset': String(off),
      },
      body,
    });
    const tookMs = Math.max(1, performance.now() - begunMs);
    const wanted = (body.length * BODY_MS) / tookMs;
    this.bodyBytes = Math.round(Math.min(MOST_BODY_BYTES, Math.max(1024, Math.min(wanted, 2 * this.bodyBytes))));
    // Beside a call the server says what the voice leaves over.
    const kbps = Number(answer.headers.get('Raabta-Pace') ?? 0);
    const restMs = kbps > 0 ? (body.length * 8) / kbps - tookMs : 0;
    if (restMs > 0) await new Promise(resolve => setTimeout(resolve, restMs));
    return answer;
  }

  /** `again`: go on at the offset that the answer names. */
  private async judge(answer: Response, offer: Offer): Promise<Answer> {
    if (answer.ok) return 'again';
    const problem = await answer.text();
    const type = /urn:raabta:problem:([\w-]+)/.exec(problem)?.[1] ?? '';
    if (type === 'wrong-offset') return 'again';
    // Too many, no room now, a proxy's own words: later.
    if (answer.status === 429 || answer.status >= 500 || answer.status === 401 || type === '') {
      throw new Error(String(answer.status));
    }
    this.events.refused(offer.id, type);
    return 'refused';
  }

  private call(method: string, where: string, body?: object): Promise<Response> {
    const headers: Record<string, string> = { Authorization: `Bearer ${this.token}` };
    if (body) headers['Content-Type'] = 'application/json';
    return fetch(`/api/${where}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  }
}
