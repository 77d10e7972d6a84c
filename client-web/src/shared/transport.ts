// The peer connection and everything that keeps it alive: negotiated against a remote description written here, restarted
// by itself, replaced where a restart cannot help. One local offer/answer cycle at a time.
import { MAX_GENERATION, type IceCredentials } from './derive';
import type { OfferMessage, Relay, SendCommand } from './protocol';
import { parseOffer, writeAnswer, type Shape } from './sdp';
import { FIRST_COMMAND, Sender } from './sender';

export type MediaState = 'connecting' | 'connected' | 'lost';

export interface TransportEvents {
  /** Tell the server; also worth repeating after a lost socket: it is {@link Transport.offer} until the next one. */
  offered(offer: OfferMessage): void;
  changed(state: MediaState): void;
  /** What is received from now on, on a new peer connection. */
  tracks(audio: MediaStreamTrack, video: MediaStreamTrack): void;
  /** Every generation of this instance is used up: only a new page can go on. */
  exhausted(): void;
}

export interface TransportParts {
  open(): RTCPeerConnection;
  derive(gen: number): Promise<IceCredentials>;
}

const RESTART_EVERY_MS = 10_000;
// "disconnected" is often a stall of a second or two that heals: restarting at once would only add traffic to it.
const DISCONNECTED_GRACE_MS = 2_500;
// ICE is up and DTLS is not: on the thinnest links a handshake with retransmissions may take this long, never longer.
const HANDSHAKE_MS = 45_000;

export class Transport {
  private peer: RTCPeerConnection | undefined;
  readonly sender = new Sender();
  private audio: RTCRtpTransceiver | undefined;
  private relay: Relay | undefined;
  private latest: OfferMessage | undefined;
  private nextGen = 0;
  private cycles: Promise<void> = Promise.resolve();
  private restartTimer: ReturnType<typeof setTimeout> | undefined;
  private handshakeTimer: ReturnType<typeof setTimeout> | undefined;
  private renewTimer: ReturnType<typeof setTimeout> | undefined;
  private lastRestartMs = Number.NEGATIVE_INFINITY;
  private lastRenewMs = Number.NEGATIVE_INFINITY;
  /** The credentials that the remote description carries. */
  private ice: IceCredentials | undefined;
  private version = 0;
  /** The shape of the remote description that was applied or refused last. */
  private shaped = '';
  private reshaping = false;
  /** A description was refused altogether: the next one asks for nothing special. */
  private plain = false;

  constructor(
    private readonly parts: TransportParts,
    private readonly events: TransportEvents,
  ) {}

  pc(): RTCPeerConnection | undefined {
    return this.peer;
  }

  /** The offer that the server must know for the transport as it is now. */
  offer(): OfferMessage | undefined {
    return this.latest;
  }

  /** Starts towards `relay`, or anew if there is a connection already. */
  start(relay: Relay): void {
    this.close();
    this.relay = relay;
    const pc = this.parts.open();
    this.peer = pc;
    const { audio, video } = this.sender.attach(pc);
    this.audio = audio;
    pc.onconnectionstatechange = () => this.judge(pc);
    pc.oniceconnectionstatechange = () => this.judge(pc);
    this.events.tracks(audio.receiver.track, video.receiver.track);
    this.events.changed('connecting');
    this.cycle(pc, false);
  }

  /** Only a new handshake helps: a new connection, with the next generation. */
  renew(): void {
    this.lastRenewMs = performance.now();
    if (this.relay) this.start(this.relay);
  }

  /** The relay has no keys of ours any more. At once the first time, then patiently: it may say so again. */
  mediaLost(): void {
    const pc = this.peer;
    const waitMs = Math.max(0, RESTART_EVERY_MS - (performance.now() - this.lastRenewMs));
    clearTimeout(this.renewTimer);
    this.renewTimer = setTimeout(() => pc === this.peer && this.renew(), waitMs);
  }

  close(): void {
    clearTimeout(this.restartTimer);
    clearTimeout(this.handshakeTimer);
    clearTimeout(this.renewTimer);
    this.handshakeTimer = this.restartTimer = undefined;
    const pc = this.peer;
    this.peer = this.audio = this.latest = this.ice = undefined;
    this.shaped = '';
    this.sender.detach();
    if (!pc) return;
    pc.onconnectionstatechange = pc.oniceconnectionstatechange = null;
    pc.close();
  }

  /** Send like this from now on: what parameters cannot say goes into the remote description, in one local cycle. */
  obey(command: SendCommand): void {
    this.sender.obey(command);
    this.follow();
  }

  /** Stop the picture and thin the voice, whatever was commanded: see `brake.ts`. */
  brake(): void {
    this.sender.brake();
    this.follow();
  }

  private follow(): void {
    // Those that come while one waits for its turn are part of it.
    if (this.reshaping || !this.peer) return;
    if (keyOf(this.shape()) === this.shaped) {
      this.sender.described();
      return;
    }
    this.reshaping = true;
    this.cycles = this.cycles.then(() => this.reshape());
  }

  /** The network changed or came back: if the transport is away, do not wait for the next turn. */
  hurry(): void {
    const pc = this.peer;
    if (pc && this.stateOf(pc) === 'lost') this.restart(pc);
  }

  private stateOf(pc: RTCPeerConnection): MediaState {
    if (pc.connectionState === 'connected') return 'connected';
    // Firefox reports the connection's own state late; ICE's is enough to know that the path is gone.
    const ice = pc.iceConnectionState;
    const gone = ['disconnected', 'failed'].includes(pc.connectionState) || ice === 'disconnected' || ice === 'failed';
    return gone ? 'lost' : 'connecting';
  }

  /** The path is there and the handshake is not to be had. Firefox calls DTLS failed whenever ICE is: that heals. */
  private dtlsFailed(pc: RTCPeerConnection): boolean {
    const ice = pc.iceConnectionState;
    if (ice !== 'connected' && ice !== 'completed') return false;
    const dtls = this.audio?.sender.transport?.state;
    return pc.connectionState === 'failed' || dtls === 'failed' || dtls === 'closed';
  }

  private judge(pc: RTCPeerConnection): void {
    if (pc !== this.peer) return;
    const state = this.stateOf(pc);
    this.events.changed(state);
    if (state === 'connected') {
      clearTimeout(this.restartTimer);
      clearTimeout(this.handshakeTimer);
      this.handshakeTimer = this.restartTimer = undefined;
    } else if (this.dtlsFailed(pc)) {
      this.later(pc, 0, () => this.renew());
    } else if (state === 'lost') {
      this.later(pc, pc.iceConnectionState === 'failed' ? 0 : DISCONNECTED_GRACE_MS, () => this.restart(pc));
    } else if (pc.iceConnectionState === 'connected' || pc.iceConnectionState === 'completed') {
      this.handshakeTimer ??= setTimeout(
        () => pc === this.peer && this.stateOf(pc) !== 'connected' && this.renew(),
        HANDSHAKE_MS,
      );
    }
  }

  /** Runs `act` after `graceMs`, but never within ten seconds of the last restart. */
  private later(pc: RTCPeerConnection, graceMs: number, act: () => void): void {
    if (this.restartTimer !== undefined) return;
    const sinceMs = performance.now() - this.lastRestartMs;
    const waitMs = Math.max(graceMs, RESTART_EVERY_MS - sinceMs, 0);
    this.restartTimer = setTimeout(() => {
      this.restartTimer = undefined;
      if (pc !== this.peer || this.stateOf(pc) === 'connected') return;
      this.lastRestartMs = performance.now();
      act();
    }, waitMs);
  }

  /** With the next generation of credentials, with or without a socket; again in ten seconds unless it helped. */
  private restart(pc: RTCPeerConnection): void {
    clearTimeout(this.restartTimer);
    this.restartTimer = undefined;
    this.lastRestartMs = performance.now();
    this.cycle(pc, true);
    this.later(pc, 0, () => this.restart(pc));
  }

  /** Queues one local offer/answer cycle. */
  private cycle(pc: RTCPeerConnection, iceRestart: boolean): void {
    if (this.nextGen > MAX_GENERATION) {
      this.events.exhausted();
      return;
    }
    const gen = this.nextGen++;
    this.cycles = this.cycles.then(() => this.negotiate(pc, gen, iceRestart)).catch(() => this.broken(pc));
  }

  private async negotiate(pc: RTCPeerConnection, gen: number, iceRestart: boolean): Promise<void> {
    if (pc !== this.peer || !this.relay) return;
    const ice = await this.parts.derive(gen);
    await this.describe(pc, gen, ice, iceRestart);
  }

  private async describe(pc: RTCPeerConnection, gen: number, ice: IceCredentials, iceRestart: boolean): Promise<void> {
    this.sender.offerFeedback();
    await pc.setLocalDescription(await pc.createOffer({ iceRestart }));
    const { relay } = this;
    if (pc !== this.peer || !relay) return;
    const offer = parseOffer(pc.localDescription?.sdp ?? '');
    const latest: OfferMessage = { t: 'offer', gen, u: offer.ufrag, p: offer.pwd, fp: offer.fp, ...offer.media };
    if (JSON.stringify(latest) !== JSON.stringify(this.latest)) {
      this.latest = latest;
      this.events.offered(latest);
    }
    const shape = this.shape();
    this.shaped = keyOf(shape);
    this.ice = ice;
    await pc.setRemoteDescription({ type: 'answer', sdp: writeAnswer(offer, relay, ice, ++this.version, shape) });
    if (keyOf(this.shape()) === this.shaped) this.sender.described();
  }

  private shape(): Shape {
    return this.plain ? { audio: FIRST_COMMAND.a, tcc: true, sent: false, startKbps: 0 } : this.sender.shape();
  }

  /** The same transport, described as the latest command asks. A browser that refuses goes on as it was. */
  private async reshape(): Promise<void> {
    this.reshaping = false;
    const { peer: pc, ice, latest } = this;
    // Without credentials yet, the first description is still to come, and it will have this shape.
    if (!pc || !ice || !latest) return;
    try {
      if (keyOf(this.shape()) !== this.shaped) await this.describe(pc, latest.gen, ice, false);
      this.sender.described();
    } catch {
      this.sender.described();
      await pc.setLocalDescription({ type: 'rollback' }).catch(() => undefined);
    }
  }

  /** A cycle that the browser refused leaves the connection in an unknown state: begin again, in a while. */
  private broken(pc: RTCPeerConnection): void {
    if (pc !== this.peer) return;
    this.plain = !this.plain;
    this.events.changed('lost');
    clearTimeout(this.restartTimer);
    this.restartTimer = undefined;
    this.lastRestartMs = performance.now();
    this.later(pc, 0, () => this.renew());
  }
}

/** What needs a description: the voice's rate is a parameter as well, and browsers take it from there. */
function keyOf({ audio, tcc, sent, startKbps }: Shape): string {
  return [audio.pt, audio.red, audio.dtx, tcc, sent, startKbps].join();
}
