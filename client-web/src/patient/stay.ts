// Keeps the page on this phone for the next visit, and takes everything of it away again. Where the browser has no service
// worker (private mode, a certificate that it does not trust) the page works without.
import { CACHE } from '../worker/keep';

/** Where the worker is; the same address for good, or browsers would never learn of a newer one. */
const WORKER = '/worker.js';
const SCOPE = '/c/';

/** What src/beside/store.ts keeps; a page of ours has no other. */
const DATABASE = 'raabta';

const FORGET_MS = 2_000;

const THIN: readonly unknown[] = ['slow-2g', '2g'];

interface Link {
  readonly effectiveType?: string;
  readonly saveData?: boolean;
}

/** Whether a link can afford what is only convenient. A browser that does not say may be on a thin one. */
export function affords(link: Link | undefined): boolean {
  return link?.effectiveType !== undefined && !THIN.includes(link.effectiveType) && link.saveData !== true;
}

export const link = (): Link | undefined => (navigator as { connection?: Link }).connection;

/** @param travels whether the page may be fetched for it, or only taken from what the browser has already */
export async function keepPage(travels: boolean): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers) return;
  try {
    await workers.register(WORKER, { scope: SCOPE, updateViaCache: 'none' });
    (await workers.ready).active?.postMessage(travels ? 'fetch' : 'keep');
  } catch {
    // refused: no storage, or a certificate that is not trusted
  }
}

/** A worker that is keeping the page just now would put it there after everything is gone. */
async function stopKeeping(): Promise<void> {
  const worker = (await navigator.serviceWorker.getRegistration(SCOPE))?.active;
  if (!worker) return;
  await new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    // One that fetches over a thin link may take long, and keeps nothing after that.
    setTimeout(resolve, FORGET_MS);
    worker.postMessage('forget', [port2]);
  });
}

/** Nothing of this server stays on the phone. */
export async function erase(): Promise<void> {
  for (const wipe of [
    () => localStorage.clear(),
    async () => {
      await new Promise(resolve => {
        const request = indexedDB.deleteDatabase(DATABASE);
        request.onsuccess = request.onerror = request.onblocked = resolve;
      });
    },
    stopKeeping,
    async () => {
      for (const name of await caches.keys())
        if (name === CACHE || name.startsWith(`${CACHE}-`)) await caches.delete(name);
    },
    async () => {
      for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
    },
  ]) {
    try {
      await wipe();
    } catch {
      // not there: nothing to take away
    }
  }
}
