// What the server says of the waiting line, of calls for somebody who is away, and of what the talk costs (docs/protocol.md,
// "The waiting line, calls and data"), typed. A message that does not fit is none of these.

export type Front =
  /**
   * Where the patient stands in the clinic's line; whether the doctor is at the page, missing: not come yet; the name that the
   * clinic wrote down, while nobody has said whether it is right.
   */
  | { readonly t: 'place'; readonly n: number; readonly doc?: 'here' | 'away'; readonly name?: string }
  /** The other side calls. */
  | { readonly t: 'ring' }
  /** What has passed the patient's link, the price of a megabyte, and the person's own limit in megabytes. */
  | { readonly t: 'used'; readonly kb: number; readonly price?: number; readonly max?: number };

const isAmount = (v: unknown): v is number => typeof v === 'number' && Number.isFinite(v) && v >= 0;

export function parseFront(frame: unknown): Front | undefined {
  if (typeof frame !== 'string') return undefined;
  let m: Readonly<Record<string, unknown>> | null;
  try {
    m = JSON.parse(frame) as typeof m;
  } catch {
    return undefined;
  }
  if (typeof m !== 'object' || m === null) return undefined;
  const { t, n, doc, name, kb, p, max } = m;
  if (t === 'place' && isAmount(n) && n >= 1) {
    const known = {
      ...(doc === 'here' || doc === 'away' ? { doc } : {}),
      ...(typeof name === 'string' ? { name } : {}),
    };
    return { t, n: Math.floor(n), ...known } as Front;
  }
  if (t === 'ring') return { t };
  if (t === 'used' && isAmount(kb))
    return { t, kb, ...(isAmount(p) ? { price: p } : {}), ...(isAmount(max) ? { max } : {}) };
  return undefined;
}
