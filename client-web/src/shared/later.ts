// What travels beside the call (pictures, notes, messages) is loaded when the first screen stands: on GPRS each KB of the
// first page is half a second before the first word.
import type { Role } from './protocol';
import type { Beside } from './session';

/** What a page lends to the code that comes later. */
export interface Host {
  readonly role: Role;
  readonly token: string;
  put(frame: string | Uint8Array<ArrayBuffer>): void;
  /** Bytes that wait in the browser's socket; undefined without an open one. */
  buffered(): number | undefined;
  camera(): MediaStreamTrack | undefined;
  microphone(): MediaStreamTrack | undefined;
  /** Asks for the microphone if there is none; false if there will be none. */
  askMicrophone(): Promise<boolean>;
  /** Wanted, best first. */
  languages(): readonly (string | undefined)[];
  /** Holds the live voice back, whatever else wants it to be sent. */
  hush(hushed: boolean): void;
}

/** What a page knows that matters beside the call. */
export interface Now {
  /** The person is in the consultation and may send. */
  readonly here: boolean;
  readonly inCall: boolean;
  readonly rungUp: string;
  readonly rungDown: string;
  readonly over: 'consult-ended' | 'other' | undefined;
}

export interface Later extends Beside {
  update(now: Now): void;
}

interface Script {
  begin(host: Host): Promise<Later>;
}

/** Where the script is, with its hash; filled in by the build. */
declare const BESIDE: string;

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Into the browser's memory, and no faster than the call beside it leaves room for: the server knows whose call that is by the
 * token, which an import cannot carry.
 */
export async function fetchGently(address: string, token: string): Promise<void> {
  await (await fetch(address, { headers: { authorization: `Bearer ${token}` } })).arrayBuffer();
}

/** Loads until it is there. Browsers remember a script that failed by its address: each attempt has its own. */
export async function loadLater(host: Host): Promise<Later> {
  for (let attempt = 0; ; attempt++) {
    try {
      const address = attempt === 0 ? BESIDE : `${BESIDE}?${attempt}`;
      await fetchGently(address, host.token);
      const script = (await import(address)) as Script;
      return await script.begin(host);
    } catch (error) {
      console.warn('loading later failed', error instanceof Error ? error.stack : error);
      const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
      await new Promise(resolve => setTimeout(resolve, pauseMs));
    }
  }
}
