package org.raabta.adapter.estimate;

/**
 * What was handed to the link and is not confirmed: on a thin link, what is in flight beyond a round trip is queue.
 * Counted in slots of time, so that sparse confirmations and losses add no drift.
 */
final class Flight {
    private static final long SLOT_NANOS = 50_000_000;
    private static final int SLOTS = 200;
    private static final double RATE_MS = 3_000;
    private static final double MOST_GAP_MS = 2_000;
    private static final double GAP_SHARE = 0.2;
    private static final long CONFIRMED_NANOS = 5_000_000_000L;
    /** A pause: packets of speech are at most 120 ms apart. */
    private static final long IDLE_NANOS = 200_000_000;

    private final EstimatorSettings.Flight settings;
    private final Lateness lateness = new Lateness();
    private final long[] slots = new long[SLOTS];
    private final long[] bytes = new long[SLOTS];
    private long lastSentNanos;
    private long resumedNanos;
    private boolean sent;
    private boolean confirmed;
    private long confirmedSentNanos;
    private long confirmedAtNanos;
    private double gapMs;

    Flight(EstimatorSettings.Flight settings) {
        this.settings = settings;
    }

    /** What the far end will confirm. */
    void onSent(int linkBytes, long nowNanos) {
        onBeside(linkBytes, nowNanos);
        if (!sent || nowNanos - lastSentNanos > IDLE_NANOS) {
            resumedNanos = nowNanos;
        }
        sent = true;
        lastSentNanos = nowNanos;
    }

    /** On the same link, but never confirmed to us: reports, and what a socket carries. */
    void onBeside(int linkBytes, long nowNanos) {
        long slot = Math.floorDiv(nowNanos, SLOT_NANOS);
        int index = Math.floorMod(slot, SLOTS);
        if (slots[index] != slot) {
            slots[index] = slot;
            bytes[index] = 0;
        }
        bytes[index] += linkBytes;
    }

    /**
     * On the downlink the sender's clock is ours; a time that cannot be one of ours confirms nothing.
     *
     * @param rttMs without a queue; 0 if unknown
     */
    void onConfirmed(long sentNanos, double rttMs, long nowNanos) {
        if (nowNanos - sentNanos < 0 || nowNanos - sentNanos > SLOTS * SLOT_NANOS) {
            return;
        }
        double sinceMs = (nowNanos - confirmedAtNanos) / 1e6;
        if (confirmed && sinceMs > 0) {
            gapMs += GAP_SHARE * (Math.min(MOST_GAP_MS, sinceMs) - gapMs);
            lateness.onConfirmed((nowNanos - owedNanos()) / 1e6, sinceMs);
        }
        if (!confirmed) {
            lateness.onFirst((nowNanos - sentNanos) / 1e6, rttMs);
        }
        confirmed = true;
        confirmedSentNanos = sentNanos;
        confirmedAtNanos = nowNanos;
    }

    boolean hasSent() {
        return sent;
    }

    double sentKbps(long nowNanos) {
        return sentSince(nowNanos - (long) (RATE_MS * 1e6), nowNanos) * 8 / RATE_MS;
    }

    boolean fits(int linkBytes, double kbps, double rttMs, long nowNanos) {
        double roundMs = rttMs + settings.extraMs();
        boolean told = confirmed && nowNanos - confirmedAtNanos < CONFIRMED_NANOS;
        long sinceNanos = told ? confirmedSentNanos : nowNanos - (long) (roundMs * 1e6);
        double mayBytes = Math.max(settings.minBytes(), kbps * (roundMs + (told ? gapMs : 0)) / 8);
        return sentSince(sinceNanos, nowNanos) + linkBytes <= mayBytes;
    }

    /** How much older than usual the newest is that was confirmed of what is sent; 0 while nothing is owed. */
    double overdueMs(long nowNanos) {
        // Of what was sent last nobody may have heard; while nothing more is sent that is no news.
        boolean owed =
                confirmed && lastSentNanos - confirmedSentNanos > 0 && nowNanos - lastSentNanos < CONFIRMED_NANOS;
        return owed ? Math.max(0, (nowNanos - owedNanos()) / 1e6 - lateness.usualMs()) : 0;
    }

    /** When the oldest went that is not confirmed: while nothing was sent, nothing grew old. */
    private long owedNanos() {
        return resumedNanos - confirmedSentNanos > 0 ? resumedNanos : confirmedSentNanos;
    }

    /** Whether {@link #overdueMs} says that the link has changed. */
    boolean tooLate(long nowNanos) {
        return lateness.tooLate(overdueMs(nowNanos));
    }

    /** When {@link #overdueMs} is {@code ms} if nothing comes. */
    long overdueNanos(double ms) {
        return owedNanos() + (long) ((ms + lateness.usualMs()) * 1e6);
    }

    boolean idleFor(double ms, long nowNanos) {
        return !sent || nowNanos - lastSentNanos >= ms * 1e6;
    }

    private long sentSince(long sinceNanos, long nowNanos) {
        long first = Math.floorDiv(sinceNanos, SLOT_NANOS);
        long last = Math.floorDiv(nowNanos, SLOT_NANOS);
        long sum = 0;
        for (int i = 0; i < SLOTS; i++) {
            if (slots[i] > first && slots[i] <= last) {
                sum += bytes[i];
            }
        }
        return sum;
    }
}
