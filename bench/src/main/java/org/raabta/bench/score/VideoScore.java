package org.raabta.bench.score;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** How a moving picture moved: pictures per second and how long it stood still. */
public record VideoScore(double fps, double freezeSeconds) {
    /** Frames whose mean distance says what is usual (webrtc-stats, freezeCount). */
    private static final int USUAL_FRAMES = 30;

    private static final double LEAST_FREEZE_MS = 150;

    /** A picture shown; {@code number} is what its blocks say, so that the same picture shown twice is one. */
    public record Shown(double atMs, int number) {}

    /**
     * A freeze is a distance between two pictures of more than three times the usual one and 150 ms more than it
     * (webrtc-stats, freezeCount), and also a last picture that stays. Only times inside {@code due}, when video was to be
     * seen at all, count. Empty if nothing was due or no picture came.
     */
    public static Optional<VideoScore> of(List<Shown> shown, List<Span> due, Span call) {
        double dueMs = due.stream()
                .mapToDouble(s -> s.overlapMs(call.fromMs(), call.toMs()))
                .sum();
        if (dueMs <= 0) {
            return Optional.empty();
        }
        Deque<Double> distances = new ArrayDeque<>();
        double frozenMs = 0;
        int pictures = 0;
        Shown before = null;
        for (Shown picture : shown) {
            if (picture.atMs() < call.fromMs()
                    || picture.atMs() >= call.toMs()
                    || (before != null && picture.number() == before.number())) {
                continue;
            }
            pictures++;
            if (before != null) {
                double distanceMs = picture.atMs() - before.atMs();
                frozenMs += frozen(distances, before.atMs(), picture.atMs(), due);
                distances.addLast(distanceMs);
                if (distances.size() > USUAL_FRAMES) {
                    distances.removeFirst();
                }
            }
            before = picture;
        }
        if (before == null) {
            return Optional.empty();
        }
        frozenMs += frozen(distances, before.atMs(), call.toMs(), due);
        return Optional.of(new VideoScore(pictures * 1000 / dueMs, frozenMs / 1000));
    }

    private static double frozen(Deque<Double> distances, double fromMs, double toMs, List<Span> due) {
        double usualMs =
                distances.stream().mapToDouble(Double::doubleValue).average().orElse(LEAST_FREEZE_MS);
        double ms = due.stream().mapToDouble(s -> s.overlapMs(fromMs, toMs)).sum();
        return ms > Math.max(3 * usualMs, usualMs + LEAST_FREEZE_MS) ? ms : 0;
    }
}
