package org.raabta.bench.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts a recording together from the blocks that a browser's audio thread delivered, each stamped with the time at which
 * it was complete. A stamp may be late (scheduling) but never early, so the least lateness of the following seconds says
 * where a block belongs. Where that steps up, the audio thread itself had stopped: silence is filled in and counted, for
 * starvation of the machine looks exactly like a bad network.
 */
public final class RecordingBuilder {
    /** Lateness that persists this long is lost audio time and not a late message. */
    private static final double WINDOW_MS = 1500;
    /** Below this a step is the clocks' grain. */
    private static final double STEP_MS = 25;

    private final int rateHz;
    private final List<float[]> blocks = new ArrayList<>();
    private final List<Double> completeMs = new ArrayList<>();

    public RecordingBuilder(int rateHz) {
        this.rateHz = rateHz;
    }

    /** The next block, in order; the array is kept. */
    public void add(double blockCompleteMs, float[] samples) {
        blocks.add(samples);
        completeMs.add(blockCompleteMs);
    }

    /** What came out: the recording and how much audio time the machine lost. */
    public record Built(Recording recording, double lostMs) {}

    /**
     * @throws IllegalStateException if no block was added
     */
    public Built build() {
        if (blocks.isEmpty()) {
            throw new IllegalStateException("no audio was recorded");
        }
        double[] late = lateness();
        double startMs = leastLateness(late, 0);
        double shiftMs = 0;
        int total = 0;
        int[] position = new int[blocks.size()];
        for (int i = 0; i < late.length; i++) {
            double step = leastLateness(late, i) - startMs - shiftMs;
            if (step > STEP_MS) {
                shiftMs += step;
                total += (int) Math.round(step * rateHz / 1000);
            }
            position[i] = total;
            total += blocks.get(i).length;
        }
        float[] samples = new float[total];
        for (int i = 0; i < position.length; i++) {
            float[] block = blocks.get(i);
            System.arraycopy(block, 0, samples, position[i], block.length);
        }
        return new Built(new Recording(samples, rateHz, startMs), shiftMs);
    }

    /** Per block: when it was complete, less the audio time up to its end; for the first block, its own start. */
    private double[] lateness() {
        double[] late = new double[blocks.size()];
        long samplesSoFar = 0;
        for (int i = 0; i < late.length; i++) {
            samplesSoFar += blocks.get(i).length;
            late[i] = completeMs.get(i) - samplesSoFar * 1000.0 / rateHz;
        }
        return late;
    }

    /** Over the window that begins with a block. Nothing can be told apart in the last window: it counts as one. */
    private double leastLateness(double[] late, int from) {
        double lastWindowMs = completeMs.get(completeMs.size() - 1) - WINDOW_MS;
        int first = from;
        while (first > 0 && completeMs.get(first - 1) >= lastWindowMs) {
            first--;
        }
        double least = late[first];
        double untilMs = completeMs.get(first) + WINDOW_MS;
        for (int i = first; i < late.length && completeMs.get(i) <= untilMs; i++) {
            least = Math.min(least, late[i]);
        }
        return least;
    }
}
