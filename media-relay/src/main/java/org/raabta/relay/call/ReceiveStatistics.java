package org.raabta.relay.call;

import org.raabta.relay.rtp.ReportBlock;
import org.raabta.relay.rtp.RtpClock;

/** What a receiver report says of one stream (RFC 3550, appendices A.3 and A.8). Retransmissions do not count. */
final class ReceiveStatistics {
    private static final long MAX_TRANSIT_STEP_NANOS = 5_000_000_000L;

    private final RtpClock clock;
    private boolean started;
    private long firstSequence;
    private long highestSequence;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private long expectedInterval;
    private long lostInterval;
    private int transit;
    /** Times sixteen, as in A.8. */
    private long jitter;

    ReceiveStatistics(RtpClock clock) {
        this.clock = clock;
    }

    void onPacket(long sequence, int timestamp, long nowNanos) {
        int newTransit = (int) clock.ticks(nowNanos) - timestamp;
        if (!started) {
            started = true;
            firstSequence = sequence;
            highestSequence = sequence;
        } else {
            long step = Math.abs((long) (newTransit - transit));
            if (step < clock.ticks(MAX_TRANSIT_STEP_NANOS)) {
                jitter += step - ((jitter + 8) >> 4);
            }
        }
        transit = newTransit;
        firstSequence = Math.min(firstSequence, sequence);
        highestSequence = Math.max(highestSequence, sequence);
        received++;
    }

    /** Whether anything came since the last report. */
    boolean news() {
        return received != receivedBefore;
    }

    /** Closes the interval since the last report. */
    ReportBlock report(int ssrc, int lastReport, int sinceLastReport) {
        long expected = expected();
        expectedInterval = expected - expectedBefore;
        lostInterval = expectedInterval - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedInterval <= 0 || lostInterval <= 0
                ? 0
                : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
        return new ReportBlock(
                ssrc,
                fraction,
                (int) (expected - received),
                (int) highestSequence,
                (int) (jitter >> 4),
                lastReport,
                sinceLastReport);
    }

    /** Packets expected so far, by their numbers. */
    long expected() {
        return started ? highestSequence - firstSequence + 1 : 0;
    }

    /** Packets that came so far. */
    long received() {
        return received;
    }

    /** Packets expected in the interval that the last report closed. */
    long expectedInterval() {
        return Math.max(0, expectedInterval);
    }

    /** Of those, how many did not come. */
    long lostInterval() {
        return Math.max(0, lostInterval);
    }
}
