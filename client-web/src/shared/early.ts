// The socket that the head of the page opens while the rest of it is still on its way: a round trip less until the waiting room.

/** What the head left (patient.html); other pages have none. */
export type Early = WebSocket & {
  /** The instance that it was opened as. */
  readonly k: string;
  /** What came before the page's script could hear. */
  readonly got: readonly MessageEvent[];
};

export const earlySocket = (): Early | undefined => (globalThis as { early?: Early }).early;
