// Sends as the server commands (docs/protocol.md, `send`): each sender's parameters are set at once; what only a
// remote description can say becomes its shape, which the transport applies.
import type { AudioCommand, SendCommand, VideoCommand } from './protocol';
import { SENT, TCC, type Shape } from './sdp';

/** Until the first command: voice that most links carry, and no picture before its bits are proven. */
export const FIRST_COMMAND: SendCommand = { n: 0, a: { br: 12_000, pt: 60, red: false, dtx: false }, tcc: true };

// IPv4, UDP, RTP and the SRTP tag (design, links-and-ladder, section 3); RED adds five, and video packets carry two
// extensions and VP8's descriptor.
const HEADER_BYTES = 50;
const RED_BYTES = 5;
const VIDEO_HEADER_BYTES = 60;
const VIDEO_PAYLOAD_BYTES = 1150;
// Less than this the browser does not make of a picture: its own least rate is 30 kbps.
const LEAST_VIDEO_BPS = 6_000;
const BRAKED_VOICE = { br: 6_000, pt: 120, red: false };
// Chromium tries the link with padding at three and six times its start rate (300 kbps) as soon as a packet of 200 bytes leaves:
// 6 kB, which is 1.4 s of a GPRS uplink. With this start rate they are a few hundred bytes.
const QUIET_START_KBPS = 15;
// Of what is commanded: a browser tries more only while it sends less than it believes it may.
const START_SHARE = 1.5;

/** Link bits of continuous speech. */
export function audioWireKbps(a: AudioCommand): number {
  const packets = 1000 / a.pt;
  return (a.br / 1000) * (a.red ? 2 : 1) + (packets * (HEADER_BYTES + (a.red ? RED_BYTES : 0)) * 8) / 1000;
}

/** What is left for the codec of a command's wire bits: a picture is a packet at least, and big ones are cut up. */
export function videoPayloadBps(v: VideoCommand): number {
  const packets = Math.max(v.fps, (v.kbps * 125) / (VIDEO_PAYLOAD_BYTES + VIDEO_HEADER_BYTES));
  return Math.max(LEAST_VIDEO_BPS, Math.round(v.kbps * 1000 - packets * VIDEO_HEADER_BYTES * 8));
}

/** By how much a camera's picture is scaled down to `rows`; a phone held upright has its rows where others have columns. */
function scaleDown(track: MediaStreamTrack | null, rows: number): number {
  const { width, height } = track?.getSettings() ?? {};
  const least = Math.min(width ?? Infinity, height ?? Infinity);
  return Number.isFinite(least) ? Math.max(1, Math.round((100 * least) / rows) / 100) : 1;
}

interface HeaderExtension {
  uri: string;
  direction: RTCRtpTransceiverDirection;
}

interface ExtensionControl {
  getHeaderExtensionsToNegotiate?(): HeaderExtension[];
  setHeaderExtensionsToNegotiate?(extensions: readonly HeaderExtension[]): void;
}

export class Sender {
  private command = FIRST_COMMAND;
  private braked = false;
  private hushed = false;
  private startKbps = QUIET_START_KBPS;
  /** A start rate waits to be described: a picture before it would begin with a key frame for nothing. */
  private undescribed = false;
  private audioTrack: MediaStreamTrack | null = null;
  private videoTrack: MediaStreamTrack | null = null;
  private transceivers: { readonly audio: RTCRtpTransceiver; readonly video: RTCRtpTransceiver } | undefined;
  private audio: Tuner | undefined;
  private video: Tuner | undefined;

  /** Sends over `pc` from now on, under the latest command from its first packet. */
  attach(pc: RTCPeerConnection): { readonly audio: RTCRtpTransceiver; readonly video: RTCRtpTransceiver } {
    const open = (kind: string, encoding: RTCRtpEncodingParameters): RTCRtpTransceiver =>
      pc.addTransceiver(kind, { direction: 'sendrecv', sendEncodings: [encoding] });
    const audio = open('audio', this.audioEncoding());
    const video = open('video', this.videoEncoding());
    this.transceivers = { audio, video };
    [this.audio, this.video] = [new Tuner(audio.sender), new Tuner(video.sender)];
    this.applyTracks();
    this.applyJitterTarget();
    return this.transceivers;
  }

  detach(): void {
    this.transceivers = this.audio = this.video = undefined;
  }

  /** The latest command releases the brake. */
  obey(command: SendCommand): void {
    const began = !this.command.v || this.braked || command.v?.anew;
    this.command = command;
    this.braked = false;
    // Only where video begins, or where the server says so: another start rate makes the browser build its encoder anew.
    if (command.v && began) {
      const kbps = Math.round(START_SHARE * (command.v.kbps + audioWireKbps(command.a)));
      // The same one again would not be another description.
      this.startKbps = kbps === this.startKbps ? kbps + 1 : kbps;
      this.undescribed = true;
    }
    this.apply();
    this.applyTracks();
    this.applyJitterTarget();
  }

  /** The remote description says what {@link shape} says, or never will. */
  described(): void {
    if (!this.undescribed) return;
    this.undescribed = false;
    this.apply();
  }

  /** Stops the picture and thins the voice before anybody can say so; the next command decides. */
  brake(): void {
    this.braked = true;
    this.apply();
  }

  /** What to send from now on; null sends nothing at all, not even silence. */
  send(audio: MediaStreamTrack | null, video: MediaStreamTrack | null): void {
    if (audio === this.audioTrack && video === this.videoTrack) return;
    this.audioTrack = audio;
    this.videoTrack = video;
    this.apply();
    this.applyTracks();
  }

  /** Whether the voice is held back: another one has the floor, or words are recorded instead. */
  hush(hushed: boolean): void {
    this.hushed = hushed;
    this.applyTracks();
  }

  /**
   * Chromium offers no more what an answer once left out, until it is asked to (WebRTC Extensions, "RTP header extension
   * control"). It keeps the extension's number, so the server need not hear of it.
   */
  offerFeedback(): void {
    for (const each of Object.values(this.transceivers ?? {}) as ExtensionControl[]) {
      const extensions = each.getHeaderExtensionsToNegotiate?.();
      const stopped = extensions?.filter(({ uri, direction }) => [TCC, SENT].includes(uri) && direction === 'stopped');
      if (!extensions || !stopped?.length) continue;
      for (const extension of stopped) extension.direction = 'sendrecv';
      each.setHeaderExtensionsToNegotiate?.(extensions);
    }
  }

  get commanded(): SendCommand {
    return this.command;
  }

  /** Whether pictures leave now. */
  get sendsVideo(): boolean {
    return this.command.v !== undefined && !this.braked && !this.undescribed && this.videoTrack !== null;
  }

  /** Voice as it is to leave: under the brake as thin as there is, or it alone would fill a link that fell to GPRS. */
  private get voice(): AudioCommand {
    return this.braked ? { ...this.command.a, ...BRAKED_VOICE } : this.command.a;
  }

  shape(): Shape {
    const { tcc, v } = this.command;
    return { audio: this.voice, tcc, sent: tcc && v !== undefined, startKbps: this.startKbps };
  }

  private audioEncoding(): RTCRtpEncodingParameters {
    return { maxBitrate: this.voice.br };
  }

  private videoEncoding(): RTCRtpEncodingParameters {
    const { v } = this.command;
    if (!v || !this.sendsVideo) return { active: false };
    return {
      active: true,
      maxBitrate: videoPayloadBps(v),
      maxFramerate: v.fps,
      scaleResolutionDownBy: scaleDown(this.videoTrack, v.h),
    };
  }

  private apply(): void {
    this.audio?.set(this.audioEncoding());
    this.video?.set(this.videoEncoding());
  }

  private applyTracks(): void {
    // A failure here means that the connection was closed meanwhile; the next one gets the same tracks.
    const ignore = (): void => undefined;
    const { audio, video } = this.transceivers ?? {};
    const voice = this.hushed || this.command.mic === false ? null : this.audioTrack;
    if (audio && audio.sender.track !== voice) audio.sender.replaceTrack(voice).catch(ignore);
    // Without a track no picture is even scaled for an encoder that does not run.
    const picture = this.command.v ? this.videoTrack : null;
    if (video && video.sender.track !== picture) video.sender.replaceTrack(picture).catch(ignore);
  }

  private applyJitterTarget(): void {
    for (const each of [this.transceivers?.audio, this.transceivers?.video]) {
      try {
        if (each) each.receiver.jitterBufferTarget = this.command.jb ?? null;
      } catch {
        // Out of this browser's range: its own is kept.
      }
    }
  }
}

/** Sets one sender's encoding, one call at a time; the newest wish wins. */
class Tuner {
  private wanted: RTCRtpEncodingParameters = {};
  private running = false;

  constructor(private readonly sender: RTCRtpSender) {}

  set(wanted: RTCRtpEncodingParameters): void {
    this.wanted = wanted;
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    let done: RTCRtpEncodingParameters | undefined;
    while (done !== this.wanted) {
      done = this.wanted;
      // A negotiation in between makes the parameters stale; then they are read once more.
      if ((await this.put(done)) || (await this.put(done))) continue;
      // A browser that refuses one of them (Firefox some, Safari others) may take the rest.
      for (const [name, value] of Object.entries(done)) await this.put({ [name]: value });
    }
    this.running = false;
  }

  private async put(change: RTCRtpEncodingParameters): Promise<boolean> {
    try {
      const parameters = this.sender.getParameters();
      const old = parameters.encodings[0];
      if (Object.entries(change).every(([name, value]) => (old as Record<string, unknown>)?.[name] === value))
        return true;
      parameters.encodings = [{ ...old, ...change }];
      await this.sender.setParameters(parameters);
      return true;
    } catch {
      return false;
    }
  }
}
