// Waiting for conditions, never for time to pass. A wait ends as soon as its condition holds, so its length costs nothing
// where all goes well; it is long because a machine with two cores and other work to do may take many seconds for a page.
import { setTimeout as pause } from 'node:timers/promises';

export const patienceSeconds = 60;

/**
 * The first truthy value of `probe`, asked again and again; fails after `seconds`, saying what was awaited and
 * what was seen last. An error of the probe counts as not yet, unless it is `hopeless`.
 */
export async function until(what, probe, { seconds = patienceSeconds, everyMs = 50 } = {}) {
  const deadline = performance.now() + seconds * 1000;
  let seen;
  for (;;) {
    try {
      seen = await probe();
      if (seen) return seen;
    } catch (error) {
      if (error.hopeless) throw error;
      seen = error;
    }
    if (performance.now() > deadline) {
      const last = seen instanceof Error ? seen.message : JSON.stringify(seen);
      throw new Error(`waited ${seconds} s for ${what}; last seen: ${last}`);
    }
    await pause(everyMs);
  }
}

/** An error that no waiting will mend. */
export const hopeless = message => Object.assign(new Error(message), { hopeless: true });
