// The socket that the head of the page opens while the rest of it is still on its way: a round trip less until the waiting room.
// The head knows a patient's link by its first letters (version and role, link.ts): `E`, then `A` to `P`.

/** What the head left (patient.html); other pages have none. */
export type Early = WebSocket & {
  /** The instance that it was opened as. */
  readonly k: string;
  /** What came before the page's script could hear. */
  readonly got: readonly MessageEvent[];
};

export const earlySocket = (): Early | undefined => (globalThis as { early?: Early }).early;
