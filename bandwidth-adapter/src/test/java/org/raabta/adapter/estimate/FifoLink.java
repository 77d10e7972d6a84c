package org.raabta.adapter.estimate;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;

/** A first-in-first-out link with a schedule: a packet goes in with its time and comes out with another, or not. */
final class FifoLink {
    private static final int CELL_MS = 10;

    /** From {@code fromS} on the link is {@code way}; what is queued stays. */
    record Phase(double fromS, Way way) {}

    private record Queued(int bytes, double leavesMs) {}

    private final List<Phase> phases;
    private final double[] kbps;
    private final double[] nominalKbps;
    private final boolean[] losing;
    private final double[] stalledUntilMs;
    private final double[] wanderMs;
    private final Random chance;
    private final ArrayDeque<Queued> queue = new ArrayDeque<>();
    private double queuedBytes;
    private double freeMs;
    private double lastOutMs;

    FifoLink(List<Phase> phases, int seconds, long seed) {
        this.phases = phases;
        int cells = (seconds + 60) * 1000 / CELL_MS;
        kbps = new double[cells];
        nominalKbps = new double[cells];
        losing = new boolean[cells];
        stalledUntilMs = new double[cells];
        wanderMs = new double[cells];
        chance = new Random(seed);
        Random weather = new Random(seed + 1);
        double[] lossLeft = new double[1];
        double walk = 1;
        double stallUntil = 0;
        double knot = weather.nextGaussian();
        double nextKnot = weather.nextGaussian();
        double angle = 0;
        for (int i = 0; i < cells; i++) {
            double ms = i * (double) CELL_MS;
            Way way = way(ms);
            if (way.walk() && i % 100 == 0) {
                walk = Math.max(0.3, Math.min(1.5, walk * Math.exp(0.2 * weather.nextGaussian())));
            }
            nominalKbps[i] = way.kbps() * (way.walk() ? walk : 1);
            boolean gap =
                    way.gapEachS() > 0 && ms >= 1000 * way.gapEachS() && ms % (1000 * way.gapEachS()) < way.gapMs();
            kbps[i] = gap ? 0 : nominalKbps[i];
            if (way.stallEachS() > 0
                    && ms >= stallUntil
                    && weather.nextDouble() < CELL_MS / (1000 * way.stallEachS())) {
                stallUntil = ms - way.stallMs() * Math.log(1 - weather.nextDouble());
            }
            stalledUntilMs[i] = stallUntil;
            losing[i] = burst(way, lossLeft, weather);
            angle += Math.PI / 2 * CELL_MS / Math.max(CELL_MS, 5 * way.sdMs());
            if (angle >= Math.PI / 2) {
                angle = 0;
                knot = nextKnot;
                nextKnot = weather.nextGaussian();
            }
            wanderMs[i] = way.sdMs() * (knot * Math.cos(angle) + nextKnot * Math.sin(angle));
        }
    }

    private static boolean burst(Way way, double[] left, Random weather) {
        if (way.loss() == 0 || way.burstMs() == 0) {
            return false;
        }
        double good = way.burstMs() * (1 - way.loss()) / way.loss();
        if (left[0] <= 0 && weather.nextDouble() < CELL_MS / good) {
            left[0] = -way.burstMs() * Math.log(1 - weather.nextDouble());
        }
        left[0] -= CELL_MS;
        return left[0] > 0;
    }

    Way way(double ms) {
        Way way = phases.get(0).way();
        for (Phase phase : phases) {
            if (ms >= phase.fromS() * 1000) {
                way = phase.way();
            }
        }
        return way;
    }

    private int cell(double ms) {
        return Math.max(0, Math.min(kbps.length - 1, (int) (ms / CELL_MS)));
    }

    double rateKbps(double ms) {
        return nominalKbps[cell(ms)];
    }

    /** How long what is queued at {@code ms} will take. */
    double queueMs(double ms) {
        return Math.max(0, freeMs - ms);
    }

    /** When the packet comes out; NaN if never. */
    double offer(int bytes, double atMs) {
        Way way = way(atMs);
        while (!queue.isEmpty() && queue.getFirst().leavesMs() <= atMs) {
            queuedBytes -= queue.removeFirst().bytes();
        }
        if (way.kbps() == 0) {
            return Double.NaN;
        }
        if (!queue.isEmpty() && queuedBytes + bytes > way.queueMs() * rateKbps(atMs) / 8) {
            return Double.NaN;
        }
        double leftMs = carry(bytes * 8, Math.max(atMs, freeMs));
        if (Double.isNaN(leftMs)) {
            return Double.NaN;
        }
        freeMs = leftMs;
        queue.addLast(new Queued(bytes, freeMs));
        queuedBytes += bytes;
        int cell = cell(freeMs);
        boolean lost = way.burstMs() == 0 ? chance.nextDouble() < way.loss() : losing[cell];
        double releasedMs = Math.max(freeMs, stalledUntilMs[cell]);
        double outMs = releasedMs + Math.max(0, way(freeMs).baseMs() + wanderMs[cell(releasedMs)]);
        if (lost) {
            return Double.NaN;
        }
        lastOutMs = Math.max(lastOutMs, outMs);
        return lastOutMs;
    }

    private double carry(double bits, double fromMs) {
        double cursorMs = fromMs;
        double left = bits;
        while (true) {
            int cell = cell(cursorMs);
            if (way(cursorMs).kbps() == 0) {
                // An outage loses what it meets on the air.
                return Double.NaN;
            }
            double endMs = (cell + 1.0) * CELL_MS;
            double can = kbps[cell] * (endMs - cursorMs);
            if (can >= left || cell == kbps.length - 1) {
                return cursorMs + left / Math.max(1e-3, kbps[cell]);
            }
            left -= can;
            cursorMs = endMs;
        }
    }
}
