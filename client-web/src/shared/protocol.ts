// The control socket's messages (docs/protocol.md), typed. Parsing is strict where a page relies on a field and lenient
// everywhere else: a message that does not fit is undefined, and the page goes on as if it had not come.

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
}

export type ServerMessage =
  | { t: 'welcome'; role: Role; leg: string; state: ConsultState; name?: string; lang?: string; relay: Relay }
  | { t: 'answer'; gen: number }
  | { t: 'state'; state: ConsultState; since?: number; legs: readonly LegInfo[] }
  | { t: 'rung'; up: string; upReason: string; down: string; downReason: string }
  | { t: 'link'; legs: readonly LinkFigures[] }
  | { t: 'replaced' }
  | { t: 'ended' }
  | { t: 'restarting' }
  | { t: 'mediaLost' }
  | { t: 'error'; type: string; re?: string };

/** The media of an offer, in the browser's own payload types and extension ids. */
export interface OfferedMedia {
  readonly a: { readonly opus: number; readonly red?: number };
  readonly v?: { readonly vp8: number; readonly rtx?: number };
  readonly x: { readonly mid?: number; readonly tcc?: number };
}

export interface OfferMessage extends OfferedMedia {
  readonly t: 'offer';
  readonly gen: number;
  readonly u: string;
  readonly p: string;
  readonly fp: string;
}

export type PageMessage =
  | OfferMessage
  | { t: 'join'; cam: boolean; voiceOnly: boolean }
  | { t: 'media'; cam: boolean; mic: boolean; voiceOnly: boolean }
  | { t: 'admit' }
  | { t: 'pin'; from: Role; rung?: string }
  | { t: 'end' }
  | { t: 'leave' };

type Fields = Readonly<Record<string, unknown>>;

const ROLES: readonly unknown[] = ['patient', 'doctor', 'guest'];
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

function parseFigures(v: unknown): LinkFigures | undefined {
  if (!isFields(v)) return undefined;
  const { id, rttMs, upKbps, downKbps, lossUp, lossDown } = v;
  if (!isText(id)) return undefined;
  return {
    id,
    ...(isNumber(rttMs) ? { rttMs } : {}),
    ...(isNumber(upKbps) ? { upKbps } : {}),
    ...(isNumber(downKbps) ? { downKbps } : {}),
    ...(isNumber(lossUp) ? { lossUp } : {}),
    ...(isNumber(lossDown) ? { lossDown } : {}),
  };
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
      const { role, leg, state, name, lang } = m;
      const relay = parseRelay(m['relay']);
      if (!relay || !isRole(role) || !isText(leg) || !isState(state)) return undefined;
      return { t, role, leg, state, relay, ...(isText(name) ? { name } : {}), ...(isText(lang) ? { lang } : {}) };
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
      return { t, legs: list(m['legs'], parseFigures) };
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
