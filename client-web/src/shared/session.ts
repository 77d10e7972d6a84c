// One page's standing in one consultation: its socket, its transport, and the rules by which each helps the other back.
import { randomText } from './base64';
import { deriveIce, drawInstance } from './derive';
import { earlySocket } from './early';
import { differs, hintOf, LOAD_BYTES, LOADS, netOf, network, pageLoad, showsUplink } from './hint';
import { recall, remember } from './memory';
import { Monitor } from './monitor';
import type { JoinMessage, OfferMessage, PageMessage, Relay, SendCommand, ServerMessage } from './protocol';
import { ControlSocket, type Final } from './socket';
import { Transport, type MediaState } from './transport';

/** Why the server does not take this link. */
export type Refusal = 'link-unknown' | 'link-expired' | 'consult-ended';

const REFUSALS: readonly Refusal[] = ['link-unknown', 'link-expired', 'consult-ended'];

export type SessionEvent =
  | { readonly e: 'server'; readonly m: ServerMessage }
  | { readonly e: 'socket'; readonly open: boolean }
  | { readonly e: 'unreachable' }
  | { readonly e: 'refused'; readonly why: Refusal }
  | { readonly e: 'media'; readonly state: MediaState }
  | { readonly e: 'replaced' };

export interface SessionOwner {
  on(event: SessionEvent): void;
  /** New tracks to play. */
  tracks(audio: MediaStreamTrack, video: MediaStreamTrack): void;
  /** A socket is there and knows the transport: say again what must survive a lost one. */
  announce(): void;
}

/** What travels beside the call: its code comes later than the page (docs/protocol.md, "Transfers, messages"). */
export interface Beside {
  /** A socket is there and knows this person. */
  opened(): void;
  lost(): void;
  heard(frame: unknown): void;
  /** How to send from now on. */
  commanded(command: SendCommand): void;
}

// Frames for what is not loaded yet: the pace, who has the floor.
const MOST_UNHEARD = 20;

// `answer` follows `offer` in one round trip; when it does not, the socket is dead and its TCP has not noticed.
const ANSWER_WITHIN_MS = 15_000;
// How often a link is asked about while its socket cannot be opened: at the first failure and every fourth after it.
const ASK_EVERY = 4;

function sameAddress(a: Relay, b: Relay): boolean {
  return a.host === b.host && a.udp === b.udp && a.tcp === b.tcp && a.fp === b.fp;
}

export class Session {
  readonly transport: Transport;
  private readonly early = earlySocket();
  private readonly instance = this.early?.k ?? drawInstance();
  private readonly monitor: Monitor;
  private readonly socket: ControlSocket;
  private relay: Relay | undefined;
  /** The relay's life as this page's last `welcome` named it. */
  private run: string | undefined;
  private answerTimer: ReturnType<typeof setTimeout> | undefined;
  /** Whether this socket's `welcome` has come: what is said before it would be said twice. */
  private greeted = false;
  private failedOpens = 0;
  private over = false;
  private beside: Beside | undefined;
  private unheard: string[] = [];
  private announced = false;
  private loaded = false;

  constructor(
    private readonly token: string,
    private readonly owner: SessionOwner,
  ) {
    const base = location.origin.replace(/^http/, 'ws');
    this.socket = new ControlSocket(
      {
        early: this.early,
        open: () => new WebSocket(`${base}/s/${token}?k=${this.instance}`),
        random: Math.random,
        nowMs: () => performance.now(),
      },
      {
        message: m => this.onMessage(m),
        other: frame => this.onOther(frame),
        lost: opened => this.onLost(opened),
        final: why => this.onFinal(why),
      },
    );
    this.transport = new Transport(
      {
        open: () => new RTCPeerConnection({ bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' }),
        derive: gen => deriveIce(token, this.instance, gen),
      },
      {
        offered: offer => this.sendOffer(offer),
        changed: state => owner.on({ e: 'media', state }),
        tracks: (audio, video) => owner.tracks(audio, video),
        exhausted: () => location.reload(),
      },
    );
    this.monitor = new Monitor(this.transport, {
      say: m => this.socket.send(m),
      carried: rates => {
        const carried = { ...rates, net: netOf(network()) };
        if (!this.over && differs(recall(token).carried, carried)) remember(token, { carried });
      },
    });
  }

  start(): void {
    const hurry = (): void => this.hurry();
    addEventListener('online', hurry);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && hurry());
    // A page out of the back-forward cache holds dead sockets.
    addEventListener('pageshow', e => e.persisted && location.reload());
    // ICE waits for `welcome`: before, the server knows no such instance and answers no check, while the browser sends
    // 16 a second: all of a GPRS uplink, with this socket's handshake in the queue behind them.
    this.socket.connect();
  }

  send(m: PageMessage): void {
    this.socket.send(m);
  }

  /** A frame as it is: text or bytes. */
  put(frame: string | Uint8Array<ArrayBuffer>): void {
    this.socket.put(frame);
  }

  get buffered(): number | undefined {
    return this.socket.buffered;
  }

  /** From now on `beside` hears what is for it, and what came for it before. */
  attach(beside: Beside): void {
    this.beside = beside;
    const { unheard } = this;
    this.unheard = [];
    for (const frame of unheard) beside.heard(frame);
    beside.commanded(this.transport.sender.commanded);
    if (this.announced) beside.opened();
  }

  /** The person is here and the server knows: items may be said. */
  present(): void {
    if (!this.greeted || this.announced) return;
    this.announced = true;
    this.beside?.opened();
  }

  /** A reload comes out of the browser's memory and shows nothing of the link: what this load showed is worth having then. */
  private keepLoad(): void {
    const { down, m } = hintOf(pageLoad(), undefined, undefined);
    if (m && down) remember(this.token, { carried: { down, up: 0, net: netOf(network()) } });
  }

  /** With what is known of the link before the first packet. Where much came down, the server times what goes up behind it. */
  join(m: JoinMessage): void {
    const hint = hintOf(pageLoad(), network(), recall(this.token).carried);
    this.send({ ...m, hint });
    for (let i = 0; i < LOADS && !this.loaded && showsUplink(hint); i++)
      this.send({ t: 'load', x: randomText(LOAD_BYTES) });
    this.loaded = true;
  }

  /** Over: nothing comes back by itself any more. */
  stop(): void {
    this.over = true;
    this.greeted = false;
    this.away();
    clearTimeout(this.answerTimer);
    this.socket.close();
    this.monitor.stop();
    this.transport.close();
  }

  /** After {@link stop}: the person wants back in. */
  resume(): void {
    this.over = false;
    this.socket.reopen();
    this.transport.renew();
  }

  private hurry(): void {
    if (this.over) return;
    this.socket.hurry();
    this.transport.hurry();
    // A socket may have died unnoticed; the same offer again asks it for a sign of life.
    const offer = this.transport.offer();
    if (offer) this.sendOffer(offer);
  }

  private onMessage(m: ServerMessage): void {
    switch (m.t) {
      case 'welcome':
        this.onWelcome(m.relay);
        break;
      case 'answer':
        if (m.gen === this.transport.offer()?.gen) clearTimeout(this.answerTimer);
        break;
      case 'error':
        if (m.re === 'offer') clearTimeout(this.answerTimer);
        break;
      case 'send':
        this.monitor.obey(m);
        this.transport.obey(m);
        this.beside?.commanded(m);
        break;
      case 'mediaLost':
        this.transport.mediaLost();
        break;
      case 'replaced':
      case 'ended':
        this.onFinal(m.t);
        return;
    }
    this.owner.on({ e: 'server', m });
    if (m.t === 'welcome') this.owner.announce();
  }

  private onOther(frame: unknown): void {
    if (this.beside) this.beside.heard(frame);
    else if (typeof frame === 'string') this.unheard = [...this.unheard, frame].slice(-MOST_UNHEARD);
  }

  private away(): void {
    this.announced = false;
    this.unheard = [];
    this.beside?.lost();
  }

  private onWelcome(relay: Relay): void {
    this.failedOpens = 0;
    this.greeted = true;
    if (this.run === undefined) this.keepLoad();
    const restarted = this.run !== undefined && this.run !== relay.run;
    this.run = relay.run;
    this.owner.on({ e: 'socket', open: true });
    const offer = this.transport.offer();
    if (!this.relay || restarted || !sameAddress(this.relay, relay)) this.useRelay(relay);
    else if (offer) this.sendOffer(offer);
  }

  private useRelay(relay: Relay): void {
    this.relay = relay;
    // A browser without calls still writes, and sends pictures.
    if (typeof RTCPeerConnection === 'function') this.transport.start(relay);
  }

  private sendOffer(offer: OfferMessage): void {
    if (!this.greeted) return; // `welcome` sends it
    this.socket.send(offer);
    clearTimeout(this.answerTimer);
    this.answerTimer = setTimeout(() => this.socket.drop(), ANSWER_WITHIN_MS);
  }

  private onLost(opened: boolean): void {
    clearTimeout(this.answerTimer);
    this.greeted = false;
    this.away();
    this.owner.on({ e: 'socket', open: false });
    if (opened || this.over) return;
    if (this.failedOpens++ % ASK_EVERY === 0) void this.askWhy();
  }

  /** Browsers hide why an upgrade was refused; this call says it (docs/protocol.md, "HTTP"). */
  private async askWhy(): Promise<void> {
    let why: Refusal | undefined;
    try {
      const response = await fetch(`/api/links/${this.token}`, { cache: 'no-store' });
      // The status alone proves nothing: hotspots and proxies answer in the server's place.
      const said = response.ok ? '' : await response.text();
      why = REFUSALS.find(refusal => said.includes(`urn:raabta:problem:${refusal}`));
    } catch {
      this.owner.on({ e: 'unreachable' });
      return;
    }
    if (!why || this.over) return;
    this.stop();
    this.owner.on({ e: 'refused', why });
  }

  private onFinal(why: Final): void {
    if (this.over) return;
    this.stop();
    this.owner.on(why === 'ended' ? { e: 'server', m: { t: 'ended' } } : { e: 'replaced' });
  }
}
