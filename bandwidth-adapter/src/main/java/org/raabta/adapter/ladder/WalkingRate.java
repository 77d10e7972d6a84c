package org.raabta.adapter.ladder;

/**
 * Whether a link's rate walks up and down by itself, as in a crowded cell: what seemed another link and soon stood in a queue again was
 * the same one. On such a link the next rise is no other link either, and what failed there is not forgotten.
 */
final class WalkingRate {
    private static final long NEVER = Long.MIN_VALUE;

    /** So soon a fall says that it was no other link; later it is news of its own. */
    private static final double REFUTED_WITHIN_MS = 25_000;

    /** So long a link that walked is taken for the same one. */
    private static final double WALKING_MS = 60_000;

    private long seemedNanos = NEVER;
    private long refutedNanos = NEVER;

    /** To be told at every update. */
    void observe(boolean seemsAnother, long nowNanos) {
        if (seemsAnother && seemedNanos == NEVER) {
            seemedNanos = nowNanos;
        }
    }

    /** @param queued whether a queue was the reason: losses and silence say nothing of the rate */
    void fell(boolean queued, long nowNanos) {
        if (queued && within(seemedNanos, REFUTED_WITHIN_MS, nowNanos)) {
            refutedNanos = nowNanos;
        }
        seemedNanos = NEVER;
    }

    boolean walks(long nowNanos) {
        return within(refutedNanos, WALKING_MS, nowNanos);
    }

    private static boolean within(long sinceNanos, double ms, long nowNanos) {
        return sinceNanos != NEVER && nowNanos - sinceNanos < Nanos.ofMs(ms);
    }
}
