package org.raabta.bench.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.raabta.bench.link.Link;

/**
 * A link's script in one direction, on the time since the link began: conditions that change, outages that pass. Until the
 * script is started the link stands as at its second 0; from then on everything in it, the random processes too, is a
 * function of the script's own time and the seed, however long the wait was.
 */
final class Timeline {
    /** A longer outage loses what it meets; a shorter one is a gap that keeps the queue. */
    static final Duration KEEPS_QUEUE = Duration.ofSeconds(5);

    private static final int WAITING_EPOCHS = 1;

    private final Link link;
    private final Way way;
    private final long seed;
    private final List<Epoch> epochs = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private long scriptNanos = Long.MAX_VALUE;
    private int stepsTaken;

    private record Outage(long fromNanos, long untilNanos, boolean losing) {}

    Timeline(Link link, Way way, long seed) {
        this.link = link;
        this.way = way;
        this.seed = seed;
        epochs.add(Epoch.waiting(link.start(), way, seed));
    }

    /** @param atNanos second 0 of the script; what was decided about a later time stays as it was decided */
    void startScript(long atNanos) {
        scriptNanos = atNanos;
        epochs.add(Epoch.scripted(link.start(), way, atNanos, 0, seed));
    }

    /** The conditions at {@code atNanos}. */
    Epoch epochAt(long atNanos) {
        takeStepsUntil(atNanos);
        int index = epochs.size() - 1;
        while (epochs.get(index).fromNanos > atNanos) {
            index--;
        }
        return epochs.get(index);
    }

    /** The rate around {@code atNanos}, valid until the slice ends: every change, gap and outage counted. */
    Slice sliceAt(long atNanos) {
        Slice slice = epochAt(atNanos).sliceAt(atNanos).noLaterThan(nextStepNanos());
        for (int i = epochs.size() - 1; i > 0 && epochs.get(i).fromNanos > atNanos; i--) {
            slice = slice.noLaterThan(epochs.get(i).fromNanos);
        }
        for (int i = outages.size() - 1; i >= 0; i--) {
            Outage outage = outages.get(i);
            if (atNanos < outage.fromNanos) {
                slice = slice.noLaterThan(outage.fromNanos);
            } else if (atNanos < outage.untilNanos) {
                slice = slice.noLaterThan(outage.untilNanos).standingStill();
            }
        }
        return slice;
    }

    /** When the losing outage around {@code atNanos} began; {@link Long#MAX_VALUE} if there is none. */
    long lostSinceNanos(long atNanos) {
        takeStepsUntil(atNanos);
        for (int i = outages.size() - 1; i >= 0; i--) {
            Outage outage = outages.get(i);
            if (outage.losing && atNanos >= outage.fromNanos && atNanos < outage.untilNanos) {
                return outage.fromNanos;
            }
        }
        return Long.MAX_VALUE;
    }

    private void takeStepsUntil(long atNanos) {
        while (nextStepNanos() <= atNanos) {
            long fromNanos = nextStepNanos();
            List<Link.Step> steps = link.script().steps();
            Link.Step step = steps.get(stepsTaken % steps.size());
            step.becomes()
                    .ifPresent(conditions -> epochs.add(
                            Epoch.scripted(conditions, way, fromNanos, epochs.size() - WAITING_EPOCHS, seed)));
            if (!step.outages().isEmpty()) {
                // Not of this direction alone: both see the same one.
                Duration length = new Draws(seed, Draws.Use.OUTAGE, stepsTaken).oneOf(step.outages());
                outages.add(new Outage(fromNanos, fromNanos + length.toNanos(), length.compareTo(KEEPS_QUEUE) > 0));
            }
            stepsTaken++;
        }
    }

    private long nextStepNanos() {
        List<Link.Step> steps = link.script().steps();
        if (steps.isEmpty() || scriptNanos == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        int lap = stepsTaken / steps.size();
        if (lap > 0 && link.script().repeat().isEmpty()) {
            return Long.MAX_VALUE;
        }
        long lapNanos = lap * link.script().repeat().map(Duration::toNanos).orElse(0L);
        return scriptNanos
                + lapNanos
                + steps.get(stepsTaken % steps.size()).at().toNanos();
    }
}
