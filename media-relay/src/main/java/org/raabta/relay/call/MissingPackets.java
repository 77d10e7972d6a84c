package org.raabta.relay.call;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.raabta.relay.rtp.SequenceNumbers;

/** Video packets a sender's stream lacks: when to ask for each again, and when to stop asking (RFC 4585, section 6.2.1). */
final class MissingPackets {
    /** More than this is not repaired packet by packet but with a key frame. */
    static final int MAX_TRACKED = 250;

    static final int MAX_REQUESTS = 4;
    /** Reordering on the way is shorter than this; the wait also gathers neighbours into one NACK. */
    static final long PATIENCE_NANOS = 10_000_000L;
    /** A picture that waited longer is worth less than a new key frame. */
    static final long MAX_AGE_NANOS = 3_000_000_000L;

    private static final long MIN_RETRY_NANOS = 60_000_000L;

    private static final class Missing {
        final long sinceNanos;
        int requests;
        long nextNanos;

        Missing(long nowNanos) {
            this.sinceNanos = nowNanos;
            this.nextNanos = nowNanos + PATIENCE_NANOS;
        }
    }

    /** In order of sequence number, which is also the order of detection. */
    private final TreeMap<Long, Missing> missing = new TreeMap<>();

    /** The numbers from {@code from} to just under {@code to} were skipped. False if there are too many: all are given up. */
    boolean skipped(long from, long to, long nowNanos) {
        if (missing.size() + (to - from) > MAX_TRACKED) {
            missing.clear();
            return false;
        }
        for (long sequence = from; sequence < to; sequence++) {
            missing.put(sequence, new Missing(nowNanos));
        }
        return true;
    }

    void arrived(long sequence) {
        missing.remove(sequence);
    }

    /** A key frame starts at {@code sequence}: what came before is not needed any more. */
    void forgetBefore(long sequence) {
        missing.headMap(sequence).clear();
    }

    void clear() {
        missing.clear();
    }

    /** What to ask for now, as on the wire, and whether something was given up. */
    Requests takeDue(long nowNanos, long rttNanos) {
        List<Integer> sequences = new ArrayList<>();
        boolean gaveUp = false;
        Iterator<Map.Entry<Long, Missing>> all = missing.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Long, Missing> entry = all.next();
            Missing one = entry.getValue();
            if (!Deadlines.due(one.nextNanos, nowNanos)) {
                continue;
            }
            if (one.requests == MAX_REQUESTS || nowNanos - one.sinceNanos > MAX_AGE_NANOS) {
                gaveUp = true;
                all.remove();
                continue;
            }
            one.requests++;
            one.nextNanos = nowNanos + Math.max(MIN_RETRY_NANOS, rttNanos + rttNanos / 4);
            sequences.add(SequenceNumbers.wire(entry.getKey()));
        }
        return new Requests(sequences, gaveUp);
    }

    record Requests(List<Integer> sequences, boolean gaveUp) {}

    long nextDeadlineNanos() {
        long next = Deadlines.NONE;
        for (Missing one : missing.values()) {
            next = Deadlines.earlier(next, one.nextNanos);
        }
        return next;
    }
}
