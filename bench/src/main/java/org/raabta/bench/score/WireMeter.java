package org.raabta.bench.score;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Bytes that passed one direction of the link, by second of the call. Headers are counted by the caller: whole IP packets. */
public final class WireMeter {
    private final double startMs;
    private long bytes;
    private long[] perSecond = new long[64];

    public WireMeter(double startMs) {
        this.startMs = startMs;
    }

    /** One packet that came out of the link at {@code atMs}; those before the start are not counted, nor may those after the end be added. */
    public void add(double atMs, int packetBytes) {
        if (atMs < startMs) {
            return;
        }
        int second = (int) ((atMs - startMs) / 1000);
        if (second >= perSecond.length) {
            perSecond = Arrays.copyOf(perSecond, Math.max(second + 1, 2 * perSecond.length));
        }
        perSecond[second] += packetBytes;
        bytes += packetBytes;
    }

    public long bytes() {
        return bytes;
    }

    /** The rate in the second that begins {@code second} seconds after the start. */
    public double kbps(int second) {
        return second < perSecond.length ? perSecond[second] * 8 / 1000.0 : 0;
    }

    public OptionalDouble meanKbps(double endMs) {
        return endMs > startMs ? OptionalDouble.of(bytes * 8 / (endMs - startMs)) : OptionalDouble.empty();
    }

    /** The rate that a twentieth of the whole seconds exceeds. */
    public OptionalDouble p95Kbps(double endMs) {
        double[] kbps = new double[(int) Math.max(0, (endMs - startMs) / 1000)];
        Arrays.setAll(kbps, this::kbps);
        return Percentiles.of(kbps, 0.95);
    }
}
