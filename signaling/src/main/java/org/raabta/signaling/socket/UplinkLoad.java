package org.raabta.signaling.socket;

import java.util.Optional;
import org.raabta.adapter.LinkHint;

/**
 * What a page's loads say of its uplink: they leave together, so the link spaces them. A first one that is late, on the way or by a
 * thread, brings the others with it, which looks like any rate; so no more is believed than came down just before.
 */
final class UplinkLoad {
    private static final int LOADS = 4;
    /** TCP, IP and TLS around 1400 bytes. */
    private static final double WITH_HEADERS = 1.06;
    /** All of them: less is spaced by threads and not by a link. */
    private static final int LEAST_BYTES = 3_000;
    /** Threads are no more exact than this. */
    private static final long LEAST_NANOS = 15_000_000L;
    /** A first figure; one that is too high would be paid for by the first words. */
    private static final double SHARE = 0.75;

    private double mostKbps = Double.POSITIVE_INFINITY;
    private int loads;
    private long firstNanos;
    private long spacedBytes;

    /** What the link carried down while the page came; 0 where nobody knows. Uplinks of radio carry less. */
    void downlink(double kbps) {
        mostKbps = kbps > 0 ? kbps : Double.POSITIVE_INFINITY;
    }

    /** Answers with the last of a page's loads what they say together; what comes after it is no news. */
    Optional<LinkHint> came(int bytes, long nowNanos) {
        if (loads++ == 0) {
            firstNanos = nowNanos;
            return Optional.empty();
        }
        spacedBytes += bytes;
        if (loads != LOADS || spacedBytes < LEAST_BYTES) {
            return Optional.empty();
        }
        double kbps = spacedBytes * WITH_HEADERS * 8e6 / Math.max(LEAST_NANOS, nowNanos - firstNanos);
        return Optional.of(new LinkHint(0, Math.min(mostKbps, SHARE * kbps), true, false, false));
    }
}
