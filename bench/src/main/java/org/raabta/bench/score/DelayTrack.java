package org.raabta.bench.score;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** How late speech was heard, over the call: found by {@link Alignment}, or known to a simulation. */
public final class DelayTrack {
    /** Around {@code receivedMs} the listener heard what had been said {@code delayMs} before. */
    public record Match(double receivedMs, double delayMs, double similarity) {
        public double sentMs() {
            return receivedMs - delayMs;
        }
    }

    private final List<Match> byReceived;
    private final List<Match> bySent;

    public DelayTrack(List<Match> matches) {
        this.byReceived = matches.stream()
                .sorted(Comparator.comparingDouble(Match::receivedMs))
                .toList();
        this.bySent = matches.stream()
                .sorted(Comparator.comparingDouble(Match::sentMs))
                .toList();
    }

    public List<Match> matches() {
        return byReceived;
    }

    /** The delay that the listener was used to at {@code receivedMs}: that of the last match before; 0 before the first. */
    public double dueDelayMs(double receivedMs) {
        int after = firstAfter(byReceived, receivedMs, false);
        return after == 0 ? 0 : byReceived.get(after - 1).delayMs();
    }

    /** The delay with which what was said at {@code sentMs} was heard, if it was: that of the nearest match; 0 without any. */
    public double delayOfSentMs(double sentMs) {
        if (bySent.isEmpty()) {
            return 0;
        }
        int after = firstAfter(bySent, sentMs, true);
        if (after == 0) {
            return bySent.get(0).delayMs();
        }
        Match before = bySent.get(after - 1);
        if (after == bySent.size()) {
            return before.delayMs();
        }
        Match next = bySent.get(after);
        return (sentMs - before.sentMs() <= next.sentMs() - sentMs ? before : next).delayMs();
    }

    /** The mouth-to-ear delay below which {@code share} of the matches inside {@code within} lie. */
    public OptionalDouble percentileMs(double share, Span within) {
        return Percentiles.of(
                byReceived.stream()
                        .filter(m -> m.receivedMs() >= within.fromMs() && m.receivedMs() < within.toMs())
                        .mapToDouble(Match::delayMs)
                        .toArray(),
                share);
    }

    private static int firstAfter(List<Match> matches, double atMs, boolean sent) {
        int low = 0;
        int high = matches.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            double at =
                    sent ? matches.get(middle).sentMs() : matches.get(middle).receivedMs();
            if (at > atMs) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
