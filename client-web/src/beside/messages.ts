// What pages and server say about items and the time line (docs/protocol.md, "Transfers, messages and the time line"), typed.
// As in shared/protocol.ts: a message that does not fit is undefined, and the page goes on as if it had not come.
import { base64Url, randomText } from '../shared/base64';
import type { Role } from '../shared/protocol';

export type Kind = 'photo' | 'thumb' | 'note' | 'still';
export type View = 'far' | 'middle' | 'close' | 'slip';
export const VIEWS: readonly View[] = ['far', 'middle', 'close', 'slip'];

export interface Pace {
  readonly up: number;
  readonly win: number;
  readonly chunk: number;
  readonly why?: string;
}

/** An item as its page offers it; `n` is added per socket. */
export interface Offer {
  readonly id: string;
  readonly kind: Kind;
  readonly bytes: number;
  readonly type: string;
  readonly sha?: string;
  readonly view?: View;
  readonly w?: number;
  readonly h?: number;
  readonly ms?: number;
  readonly at?: number;
  readonly age?: number;
  readonly thumb?: string;
  readonly for?: string;
}

export type EntryKind = 'msg' | 'photo' | 'note' | 'ask' | 'event';
export type EntryState = 'coming' | 'sent' | 'delivered' | 'seen' | 'refused' | 'gone' | 'answered';

/** One line of the time line; in a change, what is missing is as before. */
export interface Entry {
  readonly i: number;
  readonly v: number;
  readonly k?: EntryKind;
  readonly by?: Role | 'server';
  readonly at?: number;
  readonly s?: EntryState;
  readonly id?: string;
  readonly text?: string;
  readonly view?: View;
  readonly bytes?: number;
  readonly type?: string;
  readonly sha?: string;
  readonly sent?: string;
  readonly w?: number;
  readonly h?: number;
  readonly ms?: number;
  readonly thumb?: string;
  readonly for?: string;
  readonly why?: string;
  readonly what?: string;
  readonly from?: Role;
  readonly to?: Role;
  readonly rung?: string;
}

export interface Give {
  readonly n: number;
  readonly win?: number;
  readonly id?: string;
  readonly kind?: Kind;
  readonly bytes?: number;
  readonly type?: string;
  readonly off?: number;
  readonly from?: Role;
  readonly w?: number;
  readonly h?: number;
  readonly age?: number;
}

export type Heard =
  | ({ t: 'pace' } & Pace)
  | { t: 'go'; id: string; n: number; off: number }
  | { t: 'done'; id: string }
  | { t: 'refuse'; id: string; type: string; again: boolean }
  | ({ t: 'give' } & Give)
  | { t: 'tl'; e: readonly Entry[]; more: boolean }
  | { t: 'prog'; id: string; off: number; left?: number; to?: string }
  | { t: 'floor'; by?: string; you: boolean; left?: number };

export type Said =
  | ({ t: 'put'; n: number } & Offer)
  | { t: 'cancel'; id: string }
  | { t: 'get'; id: string; off: number }
  | { t: 'got'; id: string }
  | { t: 'got'; v: number }
  | { t: 'drop'; id: string }
  | { t: 'msg'; id: string; text: string }
  | { t: 'photo-request'; id: string; view: View }
  | { t: 'tl'; from: number }
  | { t: 'seen'; v: number }
  | { t: 'seen'; id: string }
  | { t: 'floor'; want: 0 | 1 };

type Fields = Readonly<Record<string, unknown>>;

const isText = (v: unknown): v is string => typeof v === 'string';
const isCount = (v: unknown): v is number => typeof v === 'number' && Number.isFinite(v) && v >= 0;
const isId = (v: unknown): v is string => isText(v) && /^[\w-]{16}$/.test(v);

const KINDS: readonly unknown[] = ['photo', 'thumb', 'note', 'still'];
const ENTRY_KINDS: readonly unknown[] = ['msg', 'photo', 'note', 'ask', 'event'];
const TEXTS = ['by', 's', 'text', 'type', 'sha', 'sent', 'why', 'what', 'from', 'to', 'rung'];
const COUNTS = ['at', 'bytes', 'w', 'h', 'ms', 'off', 'age', 'win'];
const IDS = ['id', 'thumb', 'for'];

/** The fields that this page knows and that are of the right kind: a strange one is as if it had not come. */
function known(m: Fields): Fields {
  return Object.fromEntries(
    Object.entries(m).filter(([name, v]) => {
      if (TEXTS.includes(name)) return isText(v);
      if (COUNTS.includes(name)) return isCount(v);
      if (IDS.includes(name)) return isId(v);
      if (name === 'view') return (VIEWS as readonly unknown[]).includes(v);
      if (name === 'kind') return KINDS.includes(v);
      return name === 'k' && ENTRY_KINDS.includes(v);
    }),
  );
}

function entry(v: unknown): Entry | undefined {
  if (typeof v !== 'object' || v === null) return undefined;
  const m = v as Fields;
  return isCount(m['i']) && isCount(m['v']) ? ({ ...known(m), i: m['i'], v: m['v'] } as Entry) : undefined;
}

function pace(m: Fields): Heard | undefined {
  const { up, win, chunk, why } = m;
  if (!isCount(up)) return undefined;
  return {
    t: 'pace',
    up,
    win: isCount(win) ? win : 1200,
    chunk: isCount(chunk) && chunk >= 1 ? Math.min(400, Math.floor(chunk)) : 400,
    ...(isText(why) ? { why } : {}),
  };
}

/** The message in this frame, or undefined if it is none that is about items. */
export function parseHeard(frame: string): Heard | undefined {
  try {
    const m: unknown = JSON.parse(frame);
    return typeof m === 'object' && m !== null ? fromFields(m as Fields) : undefined;
  } catch {
    return undefined;
  }
}

export function parseEntries(v: unknown): Entry[] {
  return Array.isArray(v) ? v.map(entry).filter((e): e is Entry => e !== undefined) : [];
}

function fromFields(m: Fields): Heard | undefined {
  const { t, id, n, off, left } = m;
  switch (t) {
    case 'pace':
      return pace(m);
    case 'go':
      return isId(id) && isCount(n) && isCount(off) ? { t, id, n, off } : undefined;
    case 'done':
      return isId(id) ? { t, id } : undefined;
    case 'refuse':
      return isId(id) ? { t, id, type: isText(m['type']) ? m['type'] : '', again: m['again'] === 1 } : undefined;
    case 'give':
      return isCount(n) ? { ...(known(m) as Omit<Give, 'n'>), t, n } : undefined;
    case 'tl':
      return { t, e: parseEntries(m['e']), more: m['more'] === 1 };
    case 'prog':
      if (!isId(id) || !isCount(off)) return undefined;
      return { t, id, off, ...(isCount(left) ? { left } : {}), ...(isText(m['to']) ? { to: m['to'] } : {}) };
    case 'floor':
      return {
        t,
        you: m['you'] === 1,
        ...(isText(m['by']) ? { by: m['by'] } : {}),
        ...(isCount(left) ? { left } : {}),
      };
    default:
      return undefined;
  }
}

/** 96 random bits as 16 base64url characters. */
export function drawId(): string {
  return randomText(12);
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
