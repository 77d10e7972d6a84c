// The patient's next visit: the page comes out of the phone, and only what the call needs travels (docs/protocol.md,
// "Service worker"). Knows nothing of any consultation: what it keeps is the page that is the same for everybody.
import { isCurrent, isFresh, keptAs, PAGE, CACHE } from './keep';

/** Which page belongs to this worker; filled in by the build. */
declare const BUILD: string;

/** What a service worker is, as far as this one uses it: TypeScript has its types only instead of those of a page. */
interface Scope {
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'message', listener: (event: Said) => void): void;
  addEventListener(type: 'fetch', listener: (event: Asked) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}
interface Lasting {
  waitUntil(done: Promise<unknown>): void;
}
interface Said extends Lasting {
  readonly data: unknown;
  readonly source: { readonly url?: string } | null;
  readonly ports: readonly MessagePort[];
}
interface Asked {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const scope = self as unknown as Scope;

scope.addEventListener('install', event => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', event => event.waitUntil(scope.clients.claim()));

let keeping: Promise<unknown> = Promise.resolve();
let forgotten = false;

// A page says when there is room: what it says is whether bytes may travel for it, or only what the browser has anyway. Or that
// nothing may stay: what is under way then comes to nothing, and the page hears when that is so.
scope.addEventListener('message', event => {
  const { data, source, ports } = event;
  if (data === 'forget') {
    forgotten = true;
    event.waitUntil(keeping.then(() => caches.delete(CACHE)).then(() => ports[0]?.postMessage(data)));
  }
  if ((data !== 'keep' && data !== 'fetch') || !source?.url) return;
  forgotten = false;
  keeping = keep(source.url, data === 'fetch').catch(() => undefined);
  event.waitUntil(keeping);
});

scope.addEventListener('fetch', event => {
  const { mode, method, url } = event.request;
  // What the page without script sends and gets (`?w`) is of one consultation: it is not ours to keep or to answer.
  if (mode === 'navigate' && method === 'GET' && !/[?&]w\b/.test(url)) event.respondWith(open(event.request));
});

async function keep(url: string, travels: boolean): Promise<void> {
  const known = await caches.match(PAGE);
  if (known && (await isCurrent(known, BUILD)) && isFresh(known, Date.now())) return;
  // The page has just been loaded: the browser's own cache has it, and it costs nothing.
  let page = await fetch(url, { cache: 'only-if-cached', mode: 'same-origin' }).catch(() => undefined);
  if (!page?.ok || !(await isCurrent(page.clone(), BUILD))) {
    if (!travels) return;
    page = await fetch(url, { cache: 'reload' });
  }
  const kept = page.ok && (await keptAs(page, Date.now()));
  if (kept && !forgotten) await (await caches.open(CACHE)).put(PAGE, kept);
}

async function open(request: Request): Promise<Response> {
  const known = await caches.match(PAGE);
  if (known && isFresh(known, Date.now())) return known;
  try {
    return await fetch(request);
  } catch (error) {
    if (known) return known;
    throw error;
  }
}
