// What a page knows of its link before the first packet: the page's own load, the browser's word, the last visit.
import type { LinkHint } from './protocol';
import type { Rates } from './monitor';

export interface Carried extends Rates {
  /** The kind of network that it was. */
  readonly net: string;
}

/** Network Information, where the browser has it. */
export interface Network {
  readonly type?: string;
  readonly effectiveType?: string;
  readonly saveData?: boolean;
}

/** The times and sizes of the page's load that matter here (Navigation Timing). */
export interface Load {
  readonly transferSize: number;
  readonly connectStart: number;
  readonly secureConnectionStart: number;
  readonly connectEnd: number;
  readonly requestStart: number;
  readonly responseStart: number;
  readonly responseEnd: number;
}

// Fewer bytes say more about round trips than about the rate; a cached page has none.
const LEAST_BYTES = 6_000;
// A faster load proves no more than this long a one would: about 1 Mbps for the patient's page.
const LEAST_MS = 120;
// TCP, IP and TLS around 1400 bytes.
const WITH_HEADERS = 1.06;
const REMEMBERED_SHARE = 0.75;
// Voice at rest proves nothing of the link.
const LEAST_KBPS = 8;

/** Link kbps that the page's own load proved, or undefined where it proves nothing. */
export function loadKbps(load: Load): number | undefined {
  if (load.transferSize < LEAST_BYTES || load.responseEnd <= load.requestStart) return undefined;
  // From the request on less one round trip (TCP's handshake): a response may come in one piece, and be decrypted in one.
  const handshakeMs = (load.secureConnectionStart || load.connectEnd) - load.connectStart;
  const ms = Math.max(
    load.responseEnd - load.responseStart,
    load.responseEnd - load.requestStart - handshakeMs,
    LEAST_MS,
  );
  return (load.transferSize * WITH_HEADERS * 8) / ms;
}

/** One word for the kind of network: what was learnt on another kind does not hold. */
export function netOf(network: Network | undefined): string {
  return network?.type ?? network?.effectiveType ?? '';
}

export function hintOf(load: Load | undefined, network: Network | undefined, carried: Carried | undefined): LinkHint {
  const measured = load && loadKbps(load);
  const old = carried?.net === netOf(network) ? carried : undefined;
  const share = (kbps: number | undefined): number => Math.round((kbps ?? 0) * REMEMBERED_SHARE);
  const [down, up] = [share(old?.down), share(old?.up)];
  return {
    ...(measured ? { down: Math.round(measured), m: 1 } : { ...(down && { down }), ...(up && { up }) }),
    ...(network?.saveData && { save: 1 }),
    ...(network?.effectiveType?.endsWith('2g') && { thin: 1 }),
  };
}

/** Sent for the uplink's sake, before the call and once in a page's life: half a second on 100 kbps. */
export const LOADS = 4;
export const LOAD_BYTES = 1_500;
// Links that carry less down are asked for nothing beside what they have to carry.
const WIDE_KBPS = 120;

/** Whether the uplink is worth being tried: its own share of a wide link is a guess. */
export function showsUplink(hint: LinkHint): boolean {
  return !hint.save && (hint.down ?? 0) >= WIDE_KBPS;
}

/** Whether figures are worth writing down again: storage on a cheap phone is slow. */
export function differs(old: Carried | undefined, now: Carried): boolean {
  if (now.down < LEAST_KBPS && now.up < LEAST_KBPS) return false;
  const far = (a: number, b: number): boolean => Math.abs(a - b) > 0.1 * a;
  return !old || old.net !== now.net || far(old.down, now.down) || far(old.up, now.up);
}

export function network(): Network | undefined {
  return (navigator as { connection?: Network }).connection;
}

export function pageLoad(): Load | undefined {
  return performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined;
}
