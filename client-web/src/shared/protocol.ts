// The control socket's messages (docs/protocol.md), typed. Parsing is strict where a page relies on a field and lenient
// everywhere else: a message that does not fit is undefined, and the page goes on as if it had not come.
import type { BrakeReason } from './brake';

export type Role = 'patient' | 'doctor' | 'guest';
export type ConsultState = 'created' | 'waiting' | 'call' | 'reconnecting' | 'ended' | 'expired';

/** Where the relay is and which certificate it shows; `run` names this life of its process. */
export interface Relay {
  readonly host: string;
  readonly udp: number;
  readonly tcp?: number;
  readonly fp: string;
  readonly run: string;
}

export interface LegInfo {
  readonly id: string;
  readonly role: Role;
  readonly connected: boolean;
  readonly socket: boolean;
  readonly waitingSince?: number;
  readonly camera: boolean;
}

/** Figures of one leg's link; what was not measured is missing. */
export interface LinkFigures {
  readonly id: string;
  readonly rttMs?: number;
  readonly upKbps?: number;
  readonly downKbps?: number;
  readonly lossUp?: number;
  readonly lossDown?: number;
  /** What the link is believed to carry, in link bits. */
  readonly upEst?: number;
  readonly downEst?: number;
  readonly queueUpMs?: number;
  readonly queueDownMs?: number;
  readonly upState?: string;
  readonly downState?: string;
}

/** One media direction: its rung and why, and what the next better rung asks for (0: there is none). */
export interface DirectionFigures {
  readonly from: Role;
  readonly to: Role;
  readonly rung: string;
  readonly reason: string;
  readonly kbps: number;
  readonly nextKbps: number;
}

export interface AudioCommand {
  /** Bits a second of the codec. */
  readonly br: number;
  /** Milliseconds of a packet. */
  readonly pt: number;
  readonly red: boolean;
  readonly dtx: boolean;
}

export interface VideoCommand {
  /** Payload and headers on the wire. */
  readonly kbps: number;
  readonly fps: number;
  /** Most rows of a picture. */
  readonly h: number;
  /** The browser's own estimate is to begin anew at this. */
  readonly anew?: boolean;
}

/** How to send from now on; the latest replaces all before it. */
export interface SendCommand {
  readonly n: number;
  readonly a: AudioCommand;
  /** Missing: no video. */
  readonly v?: VideoCommand;
  /** Transport-wide feedback, both ways. */
  readonly tcc: boolean;
  /** False: no speech at all; somebody else has the floor, or words are recorded. Missing: speech. */
  readonly mic?: false;
  /** Single pictures of the camera, kbps of the link with everything counted; missing: none. */
  readonly s?: number;
  /** Jitter buffer target of what this page receives, ms; missing: the browser's own. */
  readonly jb?: number;
  /** Seconds between two `stats`; missing: none. */
  readonly st?: number;
}

/** How the patient's line is, in the three words that the patient's page knows. */
export type Quality = 'good' | 'fair' | 'poor';

/** What a page knows of its link before the first packet; zeros and false are left out. */
export interface LinkHint {
  readonly down?: number;
  readonly up?: number;
  readonly m?: 1;
  readonly save?: 1;
  readonly thin?: 1;
}

export type ServerMessage =
  | {
      t: 'welcome';
      role: Role;
      leg: string;
      state: ConsultState;
      name?: string;
      lang?: string;
      /** While the link is closed yet: when it opens, seconds since 1970, and seconds until then. */
      opensAt?: number;
      opensIn?: number;
      relay: Relay;
    }
  | { t: 'answer'; gen: number }
  | { t: 'state'; state: ConsultState; since?: number; legs: readonly LegInfo[] }
  | { t: 'rung'; up: string; upReason: string; down: string; downReason: string }
  | { t: 'link'; legs: readonly LinkFigures[]; dirs: readonly DirectionFigures[] }
  | ({ t: 'send' } & SendCommand)
  | { t: 'quality'; q: Quality }
  | { t: 'replaced' }
  | { t: 'ended' }
  | { t: 'restarting' }
  | { t: 'mediaLost' }
  | { t: 'error'; type: string; re?: string };

/** The media of an offer, in the browser's own payload types and extension ids. */
export interface OfferedMedia {
  readonly a: { readonly opus: number; readonly red?: number };
  readonly v?: { readonly vp8: number; readonly rtx?: number };
  readonly x: { readonly mid?: number; readonly tcc?: number; readonly sent?: number };
}

export interface OfferMessage extends OfferedMedia {
  readonly t: 'offer';
  readonly gen: number;
  readonly u: string;
  readonly p: string;
  readonly fp: string;
}

/** Which words a person agreed to: their language, and SHA-256 of them as base64url. */
export interface Consent {
  readonly l: string;
  readonly h: string;
}

export interface JoinMessage {
  readonly t: 'join';
  readonly cam: boolean;
  readonly voiceOnly: boolean;
  readonly hint?: LinkHint;
  readonly c?: Consent;
}

export type PageMessage =
  | OfferMessage
  | JoinMessage
  | { t: 'load'; x: string }
  | { t: 'media'; cam: boolean; mic: boolean; voiceOnly: boolean; bat?: 1; budgetMb?: number }
  | { t: 'stats'; p: number; l: number; b: number; jb: number }
  | { t: 'brake'; w: BrakeReason }
  | { t: 'admit' }
  | { t: 'pin'; from: Role; rung?: string }
  | { t: 'end' }
  | { t: 'leave' };

type Fields = Readonly<Record<string, unknown>>;

const ROLES: readonly unknown[] = ['patient', 'doctor', 'guest'];
const PACKETS_MS: readonly unknown[] = [10, 20, 40, 60, 120];
const QUALITIES: readonly unknown[] = ['good', 'fair', 'poor'];
const STATES: readonly unknown[] = ['created', 'waiting', 'call', 'reconnecting', 'ended', 'expired'];

const isFields = (v: unknown): v is Fields => typeof v === 'object' && v !== null && !Array.isArray(v);
const isRole = (v: unknown): v is Role => ROLES.includes(v);
const isState = (v: unknown): v is ConsultState => STATES.includes(v);
const isText = (v: unknown): v is string => typeof v === 'string';
const isNumber = (v: unknown): v is number => typeof v === 'number' && Number.isFinite(v);
const isPort = (v: unknown): v is number => isNumber(v) && Number.isInteger(v) && v > 0 && v < 65536;

/** A relay address, from the server or from what a page kept since its last visit. */
export function parseRelay(v: unknown): Relay | undefined {
  if (!isFields(v)) return undefined;
  const { host, udp, tcp, fp, run } = v;
  // The host goes into an SDP line: an address or a name, nothing that could end the line.
  if (!isText(host) || !/^[0-9A-Za-z.:_-]{1,255}$/.test(host) || !isPort(udp)) return undefined;
  if (!isText(fp) || !/^[\w-]{43}$/.test(fp) || !isText(run)) return undefined;
  return { host, udp, fp, run, ...(isPort(tcp) ? { tcp } : {}) };
}

function parseLeg(v: unknown): LegInfo | undefined {
  if (!isFields(v)) return undefined;
  const { id, role, connected, socket, waitingSince, camera } = v;
  if (!isText(id) || !isRole(role)) return undefined;
  return {
    id,
    role,
    connected: connected === true,
    socket: socket === true,
    camera: camera === true,
    ...(isNumber(waitingSince) ? { waitingSince } : {}),
  };
}

const FIGURES = ['rttMs', 'upKbps', 'downKbps', 'lossUp', 'lossDown', 'upEst', 'downEst', 'queueUpMs', 'queueDownMs'];

function parseFigures(v: unknown): LinkFigures | undefined {
  if (!isFields(v) || !isText(v['id'])) return undefined;
  const kept = ([name, value]: [string, unknown]): boolean =>
    FIGURES.includes(name) ? isNumber(value) : (name === 'upState' || name === 'downState') && isText(value);
  return { ...Object.fromEntries(Object.entries(v).filter(kept)), id: v['id'] };
}

function parseDirection(v: unknown): DirectionFigures | undefined {
  if (!isFields(v)) return undefined;
  const { from, to, rung, reason, kbps, nextKbps } = v;
  if (!isRole(from) || !isRole(to) || !isText(rung) || !isText(reason) || !isNumber(kbps)) return undefined;
  return { from, to, rung, reason, kbps, nextKbps: isNumber(nextKbps) ? nextKbps : 0 };
}

const within = (v: unknown, least: number, most: number): v is number => isNumber(v) && v >= least && v <= most;

/** Strict: half a command is worse than the one before it. */
function parseSend(m: Fields): ServerMessage | undefined {
  const { n, a, v, s, tcc, jb, st, mic } = m;
  if (!isNumber(n) || !isFields(a) || !within(a['br'], 6000, 64_000) || !PACKETS_MS.includes(a['pt'])) return undefined;
  const audio = { br: a['br'], pt: a['pt'] as number, red: a['red'] === 1, dtx: a['dtx'] === 1 };
  const video = v === undefined ? undefined : parseVideo(v);
  if (v !== undefined && !video) return undefined;
  const still = isFields(s) ? (s['kbps'] ?? null) : s;
  if (still !== undefined && !within(still, 0.1, 100)) return undefined;
  if ((jb !== undefined && !within(jb, 0, 10_000)) || (st !== undefined && !within(st, 1, 60))) return undefined;
  return {
    t: 'send',
    n,
    a: audio,
    tcc: tcc !== 0,
    ...(video ? { v: video } : {}),
    // Browsers take no more than four seconds.
    ...(jb ? { jb: Math.min(jb, 4000) } : {}),
    ...(st ? { st } : {}),
    ...(mic === 0 ? { mic: false } : {}),
    ...(still !== undefined ? { s: still } : {}),
  };
}

function parseVideo(v: unknown): VideoCommand | undefined {
  if (!isFields(v)) return undefined;
  const { kbps, fps, h, anew } = v;
  return within(kbps, 1, 20_000) && within(fps, 1, 60) && within(h, 16, 4320)
    ? { kbps, fps, h, ...(anew === 1 && { anew: true }) }
    : undefined;
}

function list<T>(v: unknown, parse: (item: unknown) => T | undefined): T[] {
  return Array.isArray(v) ? v.map(parse).filter((item): item is T => item !== undefined) : [];
}

/** The message in one text frame, or undefined if it is none that a page understands. */
export function parseServerMessage(frame: unknown): ServerMessage | undefined {
  if (!isText(frame)) return undefined;
  let m: unknown;
  try {
    m = JSON.parse(frame);
  } catch {
    return undefined;
  }
  return isFields(m) ? fromFields(m) : undefined;
}

function fromFields(m: Fields): ServerMessage | undefined {
  const { t } = m;
  switch (t) {
    case 'welcome': {
      const { role, leg, state, name, lang, opensAt, opensIn } = m;
      const relay = parseRelay(m['relay']);
      if (!relay || !isRole(role) || !isText(leg) || !isState(state)) return undefined;
      const early = isNumber(opensAt) && isNumber(opensIn) ? { opensAt, opensIn } : {};
      const person = { ...(isText(name) ? { name } : {}), ...(isText(lang) ? { lang } : {}) };
      return { t, role, leg, state, relay, ...person, ...early };
    }
    case 'state': {
      const { state, since, legs } = m;
      if (!isState(state)) return undefined;
      return { t, state, legs: list(legs, parseLeg), ...(isNumber(since) ? { since } : {}) };
    }
    case 'rung': {
      const { up, upReason, down, downReason } = m;
      if (!isText(up) || !isText(down)) return undefined;
      return {
        t,
        up,
        down,
        upReason: isText(upReason) ? upReason : '',
        downReason: isText(downReason) ? downReason : '',
      };
    }
    case 'answer': {
      const { gen } = m;
      return isNumber(gen) ? { t, gen } : undefined;
    }
    case 'link':
      return { t, legs: list(m['legs'], parseFigures), dirs: list(m['dirs'], parseDirection) };
    case 'send':
      return parseSend(m);
    case 'quality': {
      const { q } = m;
      return QUALITIES.includes(q) ? { t, q: q as Quality } : undefined;
    }
    case 'error': {
      const { type, re } = m;
      return { t, type: isText(type) ? type : '', ...(isText(re) ? { re } : {}) };
    }
    case 'replaced':
    case 'ended':
    case 'restarting':
    case 'mediaLost':
      return { t };
    default:
      return undefined;
  }
}

/** Whether moving pictures travel on this rung. */
export function carriesVideo(rung: string): boolean {
  return rung === 'video' || rung === 'low-video' || rung === 'slow-video';
}
