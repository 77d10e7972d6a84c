// Compact negotiation: what the server must know is read from the browser's own offer, and the answer is written here
// instead of being sent (docs/protocol.md, "Compact negotiation").
import { base64Url } from './base64';
import type { IceCredentials } from './derive';
import type { AudioCommand, OfferedMedia, Relay } from './protocol';

const MID = 'urn:ietf:params:rtp-hdrext:sdes:mid';
export const TCC = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
export const SENT = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time';

// The downlink's SSRCs are fixed: each leg has its own SRTP keys, so equal numbers never meet.
const AUDIO_SSRC = 0x52420000;
const VIDEO_SSRC = 0x52420001;
const RTX_SSRC = 0x52420002;

/** What of a command stands in the remote description: the browser sends as that asks (field notes of the design). */
export interface Shape {
  readonly audio: AudioCommand;
  /** Whether transport-wide feedback is negotiated. */
  readonly tcc: boolean;
  /** Whether packets say when they left: it is worth four bytes each where pictures go. */
  readonly sent: boolean;
  /** Where the browser's own estimate begins when video starts; 0 leaves it where it is. */
  readonly startKbps: number;
}

interface Section {
  readonly kind: string;
  readonly mid: string;
  readonly lines: readonly string[];
}

/** What the page tells the server about an offer, and what the answer is written from. */
export interface ParsedOffer {
  readonly ufrag: string;
  readonly pwd: string;
  /** SHA-256 of the browser's certificate, base64url. */
  readonly fp: string;
  readonly media: OfferedMedia;
  readonly sections: readonly Section[];
}

function attribute(lines: readonly string[], name: string): string | undefined {
  const prefix = `a=${name}:`;
  return lines.find(line => line.startsWith(prefix))?.slice(prefix.length);
}

/** The payload type of a codec, as its `a=rtpmap` says it; names are case-insensitive (RFC 8866, section 6.6). */
function payloadType(lines: readonly string[], codec: string): number | undefined {
  for (const line of lines) {
    const m = /^a=rtpmap:(\d+) (\S+)/.exec(line);
    if (m && m[2]?.toLowerCase() === codec) return Number(m[1]);
  }
  return undefined;
}

/** The payload type that retransmits `apt` (RFC 4588, section 8.1). */
function rtxOf(lines: readonly string[], apt: number): number | undefined {
  for (const line of lines) {
    const m = /^a=fmtp:(\d+) apt=(\d+)\s*$/.exec(line);
    if (m && Number(m[2]) === apt) return Number(m[1]);
  }
  return undefined;
}

function extensionId(lines: readonly string[], uri: string): number | undefined {
  for (const line of lines) {
    const m = /^a=extmap:(\d+)(?:\/\w+)? (\S+)/.exec(line);
    if (m && m[2] === uri) return Number(m[1]);
  }
  return undefined;
}

function hexOfBase64Url(text: string): string {
  const bytes = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return [...bytes].map(c => c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')).join(':');
}

/** Reads the browser's own offer. Throws where the browser offered something that this system cannot use. */
export function parseOffer(sdp: string): ParsedOffer {
  const [session = '', ...rest] = sdp.split(/\r?\n(?=m=)/);
  const sessionLines = session.split(/\r?\n/);
  const sections = rest.map(text => {
    const lines = text.split(/\r?\n/);
    return { kind: /^m=(\w+)/.exec(text)?.[1] ?? '', mid: attribute(lines, 'mid') ?? '', lines };
  });
  const audio = sections.find(s => s.kind === 'audio')?.lines ?? [];
  const video = sections.find(s => s.kind === 'video')?.lines ?? [];
  // Firefox has these per section or for the session, depending on its version; bundled, they are all the same.
  const anywhere = [...audio, ...sessionLines];
  const ufrag = attribute(anywhere, 'ice-ufrag');
  const pwd = attribute(anywhere, 'ice-pwd');
  const hex = /^sha-256 ([0-9A-F:]{95})$/i.exec(attribute(anywhere, 'fingerprint') ?? '')?.[1];
  const opus = payloadType(audio, 'opus/48000/2');
  if (!ufrag || !pwd || !hex || opus === undefined) throw new Error('the offer lacks ICE, SHA-256 or Opus');
  const red = payloadType(audio, 'red/48000/2');
  const vp8 = payloadType(video, 'vp8/90000');
  const rtx = vp8 === undefined ? undefined : rtxOf(video, vp8);
  const mid = extensionId(audio, MID) ?? extensionId(video, MID);
  const tcc = extensionId(audio, TCC) ?? extensionId(video, TCC);
  const sent = extensionId(audio, SENT) ?? extensionId(video, SENT);
  return {
    ufrag,
    pwd,
    fp: base64Url(hex.split(':').map(pair => parseInt(pair, 16))),
    media: {
      a: { opus, ...(red === undefined ? {} : { red }) },
      ...(vp8 === undefined ? {} : { v: { vp8, ...(rtx === undefined ? {} : { rtx }) } }),
      x: { ...(mid === undefined ? {} : { mid }), ...(tcc === undefined ? {} : { tcc }), ...(sent && { sent }) },
    },
    sections,
  };
}

function extensionLines(offered: readonly string[], shape: Shape): string[] {
  // Only what this very section offered: Firefox has transport-wide-cc for video alone (RFC 8285, section 6).
  return [MID, ...(shape.tcc ? [TCC] : []), ...(shape.sent ? [SENT] : [])].flatMap(uri => {
    const id = extensionId(offered, uri);
    return id === undefined ? [] : [`a=extmap:${id} ${uri}`];
  });
}

function audioLines(offer: ParsedOffer, section: Section, shape: Shape): string[] {
  const { opus, red } = offer.media.a;
  const { br, pt, dtx } = shape.audio;
  const feedback = shape.tcc && extensionId(section.lines, TCC) !== undefined ? [`a=rtcp-fb:${opus} transport-cc`] : [];
  // What stands first is what the browser sends; it takes both (RFC 8829, section 5.10; RFC 2198).
  const types = red === undefined ? [opus] : shape.audio.red ? [red, opus] : [opus, red];
  return [
    `m=audio 9 UDP/TLS/RTP/SAVPF ${types.join(' ')}`,
    `a=rtpmap:${opus} opus/48000/2`,
    `a=fmtp:${opus} minptime=10;useinbandfec=1;maxaveragebitrate=${br}${dtx ? ';usedtx=1' : ''}`,
    ...feedback,
    ...(red === undefined ? [] : [`a=rtpmap:${red} red/48000/2`, `a=fmtp:${red} ${opus}/${opus}`]),
    `a=ptime:${pt}`,
    // Streams of their own: in one, browsers hold the voice back until late pictures have caught up.
    'a=msid:ra a',
    `a=ssrc:${AUDIO_SSRC} cname:r`,
  ];
}

function videoLines(v: { readonly vp8: number; readonly rtx?: number }, shape: Shape): string[] {
  const { vp8, rtx } = v;
  const feedback = ['nack', 'nack pli', 'goog-remb', ...(shape.tcc ? ['transport-cc'] : [])];
  return [
    `m=video 9 UDP/TLS/RTP/SAVPF ${vp8}${rtx === undefined ? '' : ` ${rtx}`}`,
    `a=rtpmap:${vp8} VP8/90000`,
    ...feedback.map(fb => `a=rtcp-fb:${vp8} ${fb}`),
    ...(shape.startKbps > 0 ? [`a=fmtp:${vp8} x-google-start-bitrate=${Math.round(shape.startKbps)}`] : []),
    ...(rtx === undefined ? [] : [`a=rtpmap:${rtx} rtx/90000`, `a=fmtp:${rtx} apt=${vp8}`]),
    'a=msid:rv v',
    ...(rtx === undefined ? [] : [`a=ssrc-group:FID ${VIDEO_SSRC} ${RTX_SSRC}`]),
    `a=ssrc:${VIDEO_SSRC} cname:r`,
    ...(rtx === undefined ? [] : [`a=ssrc:${RTX_SSRC} cname:r`]),
  ];
}

function transportLines(relay: Relay, ice: IceCredentials): string[] {
  return [
    `a=ice-ufrag:${ice.ufrag}`,
    `a=ice-pwd:${ice.pwd}`,
    `a=fingerprint:sha-256 ${hexOfBase64Url(relay.fp)}`,
    'a=setup:passive',
    'a=rtcp-mux',
    'a=rtcp-rsize',
  ];
}

function candidateLines(relay: Relay): string[] {
  return [
    `a=candidate:1 1 udp 2130706431 ${relay.host} ${relay.udp} typ host`,
    ...(relay.tcp === undefined
      ? []
      : [`a=candidate:2 1 tcp 1671430143 ${relay.host} ${relay.tcp} typ host tcptype passive`]),
    'a=end-of-candidates',
  ];
}

/** The relay's answer to `offer`, shaped as commanded. The session's `version` must rise (RFC 8829, section 5.3). */
export function writeAnswer(
  offer: ParsedOffer,
  relay: Relay,
  ice: IceCredentials,
  version: number,
  shape: Shape,
): string {
  const accepted = (s: Section): boolean => s.kind === 'audio' || (s.kind === 'video' && offer.media.v !== undefined);
  const bundled = offer.sections.filter(accepted).map(s => s.mid);
  const lines = [
    'v=0',
    `o=- 1 ${version} IN IP4 0.0.0.0`,
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${bundled.join(' ')}`,
  ];
  offer.sections.forEach(section => {
    const { v } = offer.media;
    if (!accepted(section)) {
      // Every section of an offer is answered, a refused one with port 0 (RFC 3264, section 6).
      lines.push(
        section.lines[0]?.replace(/^(m=\w+) \d+/, '$1 0') ?? '',
        'c=IN IP4 0.0.0.0',
        `a=mid:${section.mid}`,
        'a=inactive',
      );
      return;
    }
    const [mLine = '', ...own] =
      section.kind === 'video' && v ? videoLines(v, shape) : audioLines(offer, section, shape);
    lines.push(
      mLine,
      'c=IN IP4 0.0.0.0',
      `a=mid:${section.mid}`,
      'a=sendrecv',
      ...extensionLines(section.lines, shape),
      ...own,
    );
    lines.push(...transportLines(relay, ice));
    // Bundled: the candidates stand in the first section (RFC 9143, section 7.3).
    if (section.mid === bundled[0]) lines.push(...candidateLines(relay));
  });
  return lines.join('\r\n') + '\r\n';
}
