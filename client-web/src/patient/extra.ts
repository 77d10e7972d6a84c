// What is convenient and may come late, or never on a thin link (src/patient/extras.ts): the page kept for the next visit,
// spoken screens, a better font, and the way to leave nothing behind.

/** What the page lends to it. */
export interface ExtrasHost {
  /** The language that the page speaks now. */
  language(): string;
  /** Everything of this server is gone from the phone. */
  erased(): void;
}

export interface Extras {
  /** What the page shows now; `said` names what is spoken with it, if anything. */
  shown(said: string | undefined, inCall: boolean): void;
  /** Nothing of this server stays on the phone. */
  erase(): Promise<void>;
}

interface Script {
  begin(host: ExtrasHost): Extras;
}

/** Where the script is; filled in by the build. */
declare const EXTRAS: string;

const AGAIN_AFTER_MS = 20_000;

/** Nobody waits for it: what fails is tried again a few times, and then left. */
export async function loadExtras(host: ExtrasHost): Promise<Extras | undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return ((await import(attempt === 0 ? EXTRAS : `${EXTRAS}?${attempt}`)) as Script).begin(host);
    } catch {
      await new Promise(resolve => setTimeout(resolve, AGAIN_AFTER_MS));
    }
  }
  return undefined;
}
