// Waiting for conditions, never for time to pass.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * The first truthy value of `probe`, asked again and again; fails after `seconds`, saying what was awaited and
 * what was seen last.
 */
export async function until(what, probe, { seconds = 20, everyMs = 50 } = {}) {
  const deadline = performance.now() + seconds * 1000;
  let seen;
  for (;;) {
    try {
      seen = await probe();
      if (seen) return seen;
    } catch (error) {
      seen = error;
    }
    if (performance.now() > deadline) {
      const last = seen instanceof Error ? seen.message : JSON.stringify(seen);
      throw new Error(`waited ${seconds} s for ${what}; last seen: ${last}`);
    }
    await pause(everyMs);
  }
}
