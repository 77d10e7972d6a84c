// What a page remembers between visits, per link: whether the person had joined, so that a reload leads straight back, and
// what the link carried.
import type { Carried } from './hint';

export interface Remembered {
  /** False is somebody who left, which is not the same as nothing known. */
  readonly joined?: boolean;
  readonly voiceOnly?: boolean;
  /** The language that the person chose. */
  readonly lang?: string;
  /** What the link carried in the last call. */
  readonly carried?: Carried;
}

/** At most this many links are kept: a borrowed phone collects them. */
const KEPT_LINKS = 8;
const PREFIX = 'raabta:';

/** The token is a credential: storage is keyed with a part of it that opens nothing. */
function keyOf(token: string): string {
  return PREFIX + token.slice(0, 16);
}

export function recall(token: string): Remembered {
  try {
    const v: unknown = JSON.parse(localStorage.getItem(keyOf(token)) ?? '{}');
    if (typeof v !== 'object' || v === null) return {};
    const fields = v as Record<string, unknown>;
    const carried = fields['carried'] as Partial<Carried> | undefined;
    return {
      ...(isCarried(carried) ? { carried } : {}),
      ...(typeof fields['lang'] === 'string' ? { lang: fields['lang'] } : {}),
      ...(typeof fields['joined'] === 'boolean' ? { joined: fields['joined'] } : {}),
      voiceOnly: fields['voiceOnly'] === true,
    };
  } catch {
    return {}; // storage switched off or full of something else: the page works without
  }
}

function isCarried(v: Partial<Carried> | null | undefined): v is Carried {
  return typeof v?.net === 'string' && typeof v.down === 'number' && typeof v.up === 'number';
}

export function remember(token: string, change: Remembered): void {
  try {
    const kept = { ...recall(token), ...change };
    localStorage.removeItem(keyOf(token));
    const ours = Object.keys(localStorage).filter(key => key.startsWith(PREFIX));
    if (ours.length >= KEPT_LINKS) ours.forEach(key => localStorage.removeItem(key));
    localStorage.setItem(keyOf(token), JSON.stringify(kept));
  } catch {
    // as above
  }
}

export function forget(token: string): void {
  try {
    localStorage.removeItem(keyOf(token));
  } catch {
    // as above
  }
}
