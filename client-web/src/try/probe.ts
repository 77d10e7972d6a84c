// Measures the link with few bytes and in few seconds: its round trip, what comes down, what goes up.

/** Taken for this; the rest of a fast link's answer comes sooner, of a slow one's it is given up. */
const DOWN_MS = 3_000;
const DOWN_BYTES = 24_000;
const UP_BYTES = 6_000;
const UP_MS = 4_500;
/** Headers of one request over HTTP/2 and TLS, both ways together. */
const HEADER_BYTES = 150;

export interface Link {
  readonly rttMs: number;
  readonly downKbps: number;
  readonly upKbps: number;
}

async function roundTrip(): Promise<number> {
  const from = performance.now();
  await (await fetch('/api/try?b=0', { cache: 'no-store' })).arrayBuffer();
  return performance.now() - from;
}

/** Rate between the first piece and the last: the round trip before it is no part of the link's rate. */
async function down(): Promise<number> {
  const stop = new AbortController();
  const response = await fetch(`/api/try?b=${DOWN_BYTES}`, { cache: 'no-store', signal: stop.signal });
  const reader = response.body?.getReader();
  if (!reader) throw new Error('no stream');
  const timer = setTimeout(() => stop.abort(), DOWN_MS);
  let bytes = 0;
  let first = 0;
  let last = 0;
  let firstBytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      last = performance.now();
      if (first === 0) {
        first = last;
        firstBytes = value.byteLength;
      }
      bytes += value.byteLength;
    }
  } catch {
    // time is up
  } finally {
    clearTimeout(timer);
  }
  // All at once: faster than can be seen with so few bytes.
  const ms = Math.max(last - first, 1);
  const counted = bytes > firstBytes ? bytes - firstBytes : bytes;
  return (counted * 8) / ms;
}

async function up(rttMs: number): Promise<number> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), UP_MS + rttMs);
  const body = crypto.getRandomValues(new Uint8Array(UP_BYTES));
  const from = performance.now();
  try {
    const response = await fetch('/api/try', { method: 'POST', body, signal: stop.signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const ms = Math.max(performance.now() - from - rttMs, 1);
    return ((UP_BYTES + HEADER_BYTES) * 8) / ms;
  } catch (error) {
    // It did not get through in this time: that is slower than what would have.
    if (stop.signal.aborted) return ((UP_BYTES + HEADER_BYTES) * 8) / (2 * UP_MS);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Undefined without a network. */
export async function probe(): Promise<Link | undefined> {
  try {
    // The first one may open a connection; the second one is the link's.
    await roundTrip();
    const rttMs = await roundTrip();
    return { rttMs, downKbps: await down(), upKbps: await up(rttMs) };
  } catch {
    return undefined;
  }
}
