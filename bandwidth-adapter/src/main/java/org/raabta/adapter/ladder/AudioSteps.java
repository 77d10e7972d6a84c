package org.raabta.adapter.ladder;

import java.util.ArrayList;
import java.util.List;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.profile.Profile;
import org.raabta.adapter.profile.RungSettings;

/**
 * How speech grows inside a rung: one step at a time while the link is clean, which proves the next rung's bits; a step back, and a
 * pause, when the queue says that it was one too many.
 */
final class AudioSteps {
    /** Of a hold, beyond the round trip: so long a queue takes to be one. */
    private static final double ANSWER_SHARE = 0.5;

    private static final long NEVER = Long.MIN_VALUE;
    private static final double FORGET_FACTOR = 2;

    private final Profile.Growth settings;

    private List<AudioPlan> steps;
    private int index;
    private int before;
    private long steppedNanos = NEVER;
    private double steppedQueueMs;
    private double steppedPathKbps;
    private boolean unproven;
    private long changedNanos;
    private double failedAudioKbps = Double.MAX_VALUE;
    private double failedPathKbps = Double.MAX_VALUE;
    private long retryNanos = NEVER;
    private double retryMs;

    /**
     * What the steps may use.
     *
     * @param holdKbps  most link bits of audio that may be kept
     * @param growKbps  most that may be grown to
     * @param otherKbps what goes beside audio on this rung
     * @param probing   whether there is a better rung to prove bits for
     * @param lossy     whether copies are needed
     * @param copies    whether both ends know them; else a probe has as many bits without
     * @param beside    whether something is transferred: nothing grows then
     * @param walks     whether more than before may be gone again at once
     * @param holdMs    clean time between two steps
     */
    record Room(
            double holdKbps,
            double growKbps,
            double otherKbps,
            boolean probing,
            boolean lossy,
            boolean copies,
            boolean beside,
            boolean walks,
            double holdMs) {}

    AudioSteps(Profile profile, RungSettings rung, long nowNanos) {
        this.settings = profile.growth();
        this.steps = rung.audio();
        this.changedNanos = nowNanos;
    }

    AudioPlan plan() {
        return steps.get(index);
    }

    /** Whether a step failed so lately that nothing dearer should be tried. */
    boolean pausing(long nowNanos) {
        return retryNanos != NEVER && nowNanos - retryNanos < 0;
    }

    /** Nothing is left to grow, or not enough room for it. */
    boolean grown(double growKbps) {
        return index + 1 >= steps.size() || steps.get(index + 1).wireKbps() > growKbps;
    }

    boolean unproven() {
        return unproven;
    }

    /** On another rung: as dear as before at most, and within {@code kbps}. */
    void enter(RungSettings rung, double kbps, boolean lossy, long nowNanos) {
        double most = Math.min(kbps, plan().wireKbps());
        steps = quality(rung, lossy, false);
        unproven = false;
        index = last(most);
        changedNanos = nowNanos;
    }

    /** At a call's start: as much as the capacity that is known allows. */
    void begin(RungSettings rung, double kbps, long nowNanos) {
        steps = rung.audio();
        unproven = false;
        index = last(kbps);
        changedNanos = nowNanos;
    }

    /** As modest as {@code kbps} say, of the plain steps: something else wants the bits. A step that is given up so has not failed. */
    void makeWay(RungSettings rung, double kbps, Room room, long nowNanos) {
        List<AudioPlan> plain = quality(rung, copies(rung, room), true);
        if (!plain.contains(plan()) || (index > 0 && plan().wireKbps() > kbps)) {
            double most = Math.min(kbps, plan().wireKbps());
            steps = plain;
            index = last(most);
            unproven = false;
            changedNanos = nowNanos;
        }
    }

    /** The first of the rung's own steps, while nobody tells what comes of more. Nothing has failed. */
    void calm(RungSettings rung, Room room, long nowNanos) {
        if (index > 0) {
            steps = quality(rung, copies(rung, room), room.beside());
            index = 0;
            unproven = false;
            changedNanos = nowNanos;
        }
    }

    /** The cheapest way of this rung: what is left when everything else stops. */
    void shrink(RungSettings rung, Room room, long nowNanos) {
        List<AudioPlan> plain = quality(rung, false, room.beside());
        if (index > 0 || !steps.get(0).equals(plain.get(0))) {
            failIfUnproven(nowNanos);
            steps = plain;
            index = 0;
            changedNanos = nowNanos;
        }
    }

    AudioPlan advance(RungSettings rung, Path path, Room room, long nowNanos) {
        align(rung, room, nowNanos);
        if (!room.walks() && path.kbps() >= FORGET_FACTOR * failedPathKbps) {
            forgetFailures();
        }
        if (unproven && (!path.clean() || path.queueMs() > steppedQueueMs + settings.queueMs())) {
            failIfUnproven(nowNanos);
        }
        while (index > 0 && plan().wireKbps() > room.holdKbps()) {
            failIfUnproven(nowNanos);
            if (index > 0 && plan().wireKbps() > room.holdKbps()) {
                index--;
            }
            changedNanos = nowNanos;
        }
        if (!path.clean()) {
            changedNanos = nowNanos;
        } else if (nowNanos - changedNanos >= Nanos.ofMs(room.holdMs()) && answered(path, room, nowNanos)) {
            grow(path, room, nowNanos);
        }
        return plan();
    }

    /** When the next step may be due; {@link Long#MAX_VALUE} if none is left. */
    long readyNanos(Room room) {
        if (!unproven && (room.beside() || grown(room.growKbps()))) {
            return Long.MAX_VALUE;
        }
        return changedNanos + Nanos.ofMs(room.holdMs());
    }

    /** A link that says nothing is not a clean one: where feedback is sparse a step waits for the word that came after it. */
    private boolean answered(Path path, Room room, long nowNanos) {
        double sinceMs = (nowNanos - changedNanos) / 1e6;
        return sinceMs - path.ageMs() >= path.rttMs() + ANSWER_SHARE * room.holdMs();
    }

    private void grow(Path path, Room room, long nowNanos) {
        if (unproven) {
            unproven = false; // clean for the whole hold
            if (plan().wireKbps() >= failedAudioKbps) {
                forgetFailures();
            }
        }
        double factor = settings.trialFactor(path.rttMs());
        double most = (plan().wireKbps() + room.otherKbps()) * factor - room.otherKbps();
        int next = index + 1;
        if (room.beside() || next >= steps.size() || steps.get(next).wireKbps() > room.growKbps()) {
            return;
        }
        while (next + 1 < steps.size() && steps.get(next + 1).wireKbps() <= Math.min(most, room.growKbps())) {
            next++;
        }
        while (next > index && pausing(nowNanos) && steps.get(next).wireKbps() >= failedAudioKbps) {
            next--;
        }
        if (next > index) {
            before = index;
            index = next;
            unproven = true;
            steppedNanos = nowNanos;
            steppedQueueMs = path.queueMs();
            steppedPathKbps = path.kbps();
            changedNanos = nowNanos;
        }
    }

    private void failIfUnproven(long nowNanos) {
        if (!unproven) {
            return;
        }
        failedAudioKbps = plan().wireKbps();
        failedPathKbps = steppedPathKbps;
        retryMs = retryMs == 0 ? settings.retryMs() : Math.min(2 * retryMs, settings.retryMostMs());
        retryNanos = Nanos.later(nowNanos, steppedNanos) + Nanos.ofMs(retryMs);
        unproven = false;
        index = Math.min(before, index);
        changedNanos = nowNanos;
    }

    /** Every step may be tried again at once. */
    void forgetFailures() {
        failedAudioKbps = Double.MAX_VALUE;
        failedPathKbps = Double.MAX_VALUE;
        retryNanos = NEVER;
        retryMs = 0;
    }

    /** The list that fits the losses and whether there is something to prove; the step stays as near as it can. */
    private void align(RungSettings rung, Room room, long nowNanos) {
        List<AudioPlan> wanted = quality(rung, copies(rung, room), room.beside());
        if (room.probing()) {
            wanted = new ArrayList<>(wanted);
            for (AudioPlan each : rung.probe()) {
                AudioPlan probe = room.copies() ? each : each.withoutCopies();
                if (probe.wireKbps() > wanted.get(wanted.size() - 1).wireKbps()) {
                    wanted.add(probe);
                }
            }
        }
        if (!wanted.equals(steps)) {
            AudioPlan current = plan();
            steps = wanted;
            index = last(current.wireKbps());
            if (!plan().equals(current)) {
                unproven = false;
                changedNanos = nowNanos;
            }
            before = Math.min(before, index);
        }
    }

    private static boolean copies(RungSettings rung, Room room) {
        return room.lossy() && !rung.lossy().isEmpty() && rung.lossy().get(0).wireKbps() <= room.growKbps();
    }

    private static List<AudioPlan> quality(RungSettings rung, boolean lossy, boolean beside) {
        List<AudioPlan> clean = beside && !rung.beside().isEmpty() ? rung.beside() : rung.audio();
        return lossy && !rung.lossy().isEmpty() ? rung.lossy() : clean;
    }

    private int last(double mostKbps) {
        int found = 0;
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).wireKbps() <= mostKbps) {
                found = i;
            }
        }
        return found;
    }
}
