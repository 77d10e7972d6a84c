package org.raabta.bench.sim.model;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page's own brake ({@code client-web/src/shared/brake.ts}), rule by rule. */
final class LocalBrake {
    private static final double SILENCE_MS = 500;
    private static final double FLOWING_PER_SECOND = 6;
    private static final double RHYTHM_MS = 1000;
    private static final double STARVED_MS = 750;
    private static final double STARVED_SHARE = 2.0 / 3;
    private static final long STARVED_BYTES = 1000;
    private static final double FLOWED_MS = 1500;
    private static final int KEPT_TRIPS = 15;
    private static final int LEAST_TRIPS = 3;
    private static final double TRIP_SLACK_MS = 500;
    private static final double REACHED = 0.8;
    private static final double COLLAPSED = 0.5;

    /**
     * @param heardBytes       of everything that has come
     * @param voicePackets     that have come
     * @param playedSamples    of voice
     * @param concealedSamples of them, made up
     * @param availableKbps    what the browser believes the uplink carries
     */
    record Sample(
            long heardBytes,
            long voicePackets,
            long playedSamples,
            long concealedSamples,
            List<Trip> trips,
            double availableKbps) {}

    /** A round trip by its source, and how often it was measured. */
    record Trip(String source, double ms, int measured) {}

    private record Voice(long packets, double atMs) {}

    private record Played(long samples, long concealed, long bytes, double atMs) {}

    private static final class Known {
        int measured = -1;
        final Deque<Double> ms = new ArrayDeque<>();
    }

    private final Map<String, Known> trips = new LinkedHashMap<>();
    private final Deque<Voice> voice = new ArrayDeque<>();
    private long heardBytes;
    private double heardMs;
    private boolean flowing;
    private double flowedMs = Double.NEGATIVE_INFINITY;
    private final Deque<Played> played = new ArrayDeque<>();
    private double wantedKbps;
    private boolean reached;

    /** Pictures are commanded, up to {@code kbps} together with the voice; what was said of the path before stays. */
    void begin(double kbps) {
        wantedKbps = kbps;
        reached = false;
        heardBytes = -1;
        voice.clear();
        flowing = false;
        flowedMs = Double.NEGATIVE_INFINITY;
        played.clear();
    }

    /** Another rate is commanded while pictures leave. */
    void want(double kbps) {
        reached &= kbps == wantedKbps;
        wantedKbps = kbps;
    }

    /** Whether to stop now. */
    boolean stops(Sample sample, double nowMs) {
        boolean stop = silent(sample, nowMs);
        stop |= starved(sample, nowMs);
        for (Trip trip : sample.trips) {
            stop |= jumped(trip);
        }
        // Each looks at its figures whatever the others say.
        boolean collapsed = collapsed(sample.availableKbps);
        return stop || collapsed;
    }

    private boolean silent(Sample sample, double nowMs) {
        boolean news = voice.isEmpty() || sample.voicePackets != voice.getLast().packets;
        if (sample.heardBytes == heardBytes && !news) {
            return flowing && nowMs - heardMs >= SILENCE_MS;
        }
        heardBytes = sample.heardBytes;
        heardMs = nowMs;
        voice.addLast(new Voice(sample.voicePackets, nowMs));
        while (voice.size() > 1 && nowMs - second(voice).atMs >= RHYTHM_MS) {
            voice.removeFirst();
        }
        double spanMs = nowMs - voice.getFirst().atMs;
        long packets = sample.voicePackets - voice.getFirst().packets;
        flowing = spanMs >= RHYTHM_MS && packets * 1000 / spanMs >= FLOWING_PER_SECOND;
        if (flowing) {
            flowedMs = nowMs;
        }
        return false;
    }

    private static <T> T second(Deque<T> of) {
        Iterator<T> each = of.iterator();
        each.next();
        return each.next();
    }

    private boolean starved(Sample sample, double nowMs) {
        Played now = new Played(sample.playedSamples, sample.concealedSamples, sample.heardBytes, nowMs);
        played.addLast(now);
        while (played.size() > 1 && nowMs - second(played).atMs >= STARVED_MS) {
            played.removeFirst();
        }
        Played first = played.getFirst();
        if (nowMs - first.atMs < STARVED_MS || nowMs - flowedMs > FLOWED_MS) {
            return false;
        }
        long concealed = now.concealed - first.concealed;
        boolean enough = concealed > 0 && concealed >= STARVED_SHARE * (now.samples - first.samples);
        return enough && now.bytes - first.bytes >= STARVED_BYTES;
    }

    private boolean jumped(Trip trip) {
        Known known = trips.computeIfAbsent(trip.source, source -> new Known());
        if (trip.measured == known.measured) {
            return false;
        }
        known.measured = trip.measured;
        double[] sorted = known.ms.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        known.ms.addLast(trip.ms);
        if (known.ms.size() > KEPT_TRIPS) {
            known.ms.removeFirst();
        }
        return sorted.length >= LEAST_TRIPS && trip.ms > 2 * sorted[sorted.length / 2] + TRIP_SLACK_MS;
    }

    private boolean collapsed(double availableKbps) {
        reached |= availableKbps >= REACHED * wantedKbps;
        return reached && availableKbps < COLLAPSED * wantedKbps;
    }
}
