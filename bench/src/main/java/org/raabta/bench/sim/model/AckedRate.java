package org.raabta.bench.sim.model;

import java.util.ArrayDeque;
import java.util.Deque;

/** The rate at which packets arrived over the last half second, by the far end's clock. */
final class AckedRate {
    private static final double WINDOW_MS = 500;

    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private long bytes;
    private double firstMs = Double.NaN;

    private record Arrival(double atMs, int bytes) {}

    void add(double atMs, int packetBytes) {
        firstMs = Double.isNaN(firstMs) ? atMs : firstMs;
        arrivals.addLast(new Arrival(atMs, packetBytes));
        bytes += packetBytes;
        while (arrivals.getFirst().atMs <= atMs - WINDOW_MS) {
            bytes -= arrivals.removeFirst().bytes;
        }
    }

    /** NaN before there is half a second of arrivals. */
    double bitsPerSecond() {
        if (arrivals.isEmpty() || arrivals.getLast().atMs - firstMs < WINDOW_MS) {
            return Double.NaN;
        }
        return bytes * 8000 / WINDOW_MS;
    }
}
