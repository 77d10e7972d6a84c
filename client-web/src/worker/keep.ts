// Which page is kept and for how long; without a worker around it, so that it can be tested.

export const CACHE = 'raabta';
/** One page for all links: it holds nothing of any. */
export const PAGE = '/c/';

/** A page of a server that has changed much since may not understand it any more. */
const MOST_AGE_MS = 30 * 24 * 3600 * 1000;
const KEPT_AT = 'x-kept-at';

/** Whether the page is the one that belongs to this build; reads it. */
export async function isCurrent(page: Response, build: string): Promise<boolean> {
  return (await page.clone().text()).includes(`data-build="${build}"`);
}

/** With the time in it: of what a server says of time, browsers keep nothing that a page could rely on. */
export async function keptAs(page: Response, nowMs: number): Promise<Response> {
  const headers = new Headers(page.headers);
  // The body is what it is after decoding.
  headers.delete('content-encoding');
  headers.delete('content-length');
  headers.set(KEPT_AT, String(nowMs));
  return new Response(await page.blob(), { status: 200, headers });
}

/** A clock that was wrong by years, then or now, is no reason to keep a page for years. */
export function isFresh(page: Response, nowMs: number): boolean {
  const age = nowMs - Number(page.headers.get(KEPT_AT) ?? NaN);
  return age > -MOST_AGE_MS && age < MOST_AGE_MS;
}
