package org.raabta.adapter.profile;

import java.util.List;
import org.raabta.adapter.Rung;
import org.raabta.adapter.estimate.EstimatorSettings;

/**
 * How a deployment, or one consultation, wants its links to be used. Made from text only, so that every profile in use was
 * checked as a whole. docs/ladder.md says what each key does.
 *
 * @param name       as it was given to {@link #parse}
 * @param preference what a picture gets first
 * @param pictureBitsPerPixel what a pixel of moving picture needs to look decent
 * @param allowed    the rungs that may be used, best first
 * @param rungs      every rung with live voice, best first, whether allowed or not
 */
public record Profile(
        String name,
        Preference preference,
        double pictureBitsPerPixel,
        List<Rung> allowed,
        List<RungSettings> rungs,
        Budget budget,
        Start start,
        Climb climb,
        Growth growth,
        Redundancy redundancy,
        Turns turns,
        Notes notes,
        EstimatorSettings estimator) {

    /** The profiles that are shipped beside this class, as resources {@code NAME.profile}. */
    public static final List<String> SHIPPED = List.of("default", "rural-2g", "urban-3g", "detail", "motion");

    public Profile {
        allowed = List.copyOf(allowed);
        rungs = List.copyOf(rungs);
    }

    /**
     * Reads and checks a whole profile.
     *
     * @param name to be named in errors
     * @throws ProfileException if a key is unknown, missing, given twice, of a wrong unit or out of bounds, or if the figures
     *                          contradict each other
     */
    public static Profile parse(String name, String text) {
        ProfileText lines = new ProfileText(name, text);
        Profile profile = new ProfileReader(lines).read();
        new ProfileChecks(lines).check(profile);
        return profile;
    }

    /**
     * The settings of a rung with live voice.
     *
     * @throws IllegalArgumentException if {@code rung} has none
     */
    public RungSettings rung(Rung rung) {
        for (RungSettings settings : rungs) {
            if (settings.rung() == rung) {
                return settings;
            }
        }
        throw new IllegalArgumentException(rung.label() + " has no settings");
    }

    /**
     * @param margin    the share of an estimate that is never planned for
     * @param afterFall the share of the capacity that audio takes right after a fall, so that the queue drains
     */
    public record Budget(double margin, double afterFall) {}

    /**
     * @param phaseMs  so long is a call's start, when climbing is quick
     * @param holdMs   clean time before a climb in the start
     * @param lowShare of an estimate of low confidence is believed
     */
    public record Start(double phaseMs, double holdMs, double lowShare) {}

    /**
     * @param holdMs         headroom has to be there so long before a climb
     * @param failedWithinMs a fall so soon after a climb means that the climb failed
     * @param failedFactor   by which the hold grows with each failed climb
     * @param failedLeastMs  the least hold after a failed climb outside the start
     * @param failedMostMs   the longest hold
     * @param changesMost    most changes of the rung in a minute on a steady link
     */
    public record Climb(
            double holdMs,
            double failedWithinMs,
            double failedFactor,
            double failedLeastMs,
            double failedMostMs,
            int changesMost) {}

    /**
     * The steps of the audio plan inside a rung, which are also the probes.
     *
     * @param holdMs    clean time on a step before the next
     * @param costMs    most link time that a failing step may cost
     * @param queueMs   a standing queue of this much more than when the step was taken means that it failed
     * @param retryMs   a failed step is tried again after so long, and after twice that the next time
     * @param retryMostMs the longest such time
     */
    public record Growth(double holdMs, double costMs, double queueMs, double retryMs, double retryMostMs) {
        /** Two reports, half a second each: besides the round trip, so long it takes to notice what is too much. */
        private static final double NOTICE_MS = 1_000;

        /** By which factor one may go beyond what flows: the excess, until it is noticed, costs no more link time than it may. */
        public double trialFactor(double rttMs) {
            return 1 + costMs / (NOTICE_MS + rttMs);
        }
    }

    /**
     * @param onAbove  share of lost packets from which on copies are sent
     * @param offBelow share below which they are not needed, if it stays so for
     * @param offAfterMs this long
     */
    public record Redundancy(double onAbove, double offBelow, double offAfterMs) {}

    /**
     * Push-to-talk.
     *
     * @param belowKbps less than this in one direction is too little for two who speak at once
     * @param afterMs   so long below
     * @param backMs    both have to carry the thinnest speech for so long before both live again
     */
    public record Turns(double belowKbps, double afterMs, double backMs) {}

    /**
     * Recorded messages instead of live voice.
     *
     * @param belowKbps  live voice cannot be below this
     * @param afterMs    so long below
     * @param outageMs   a silence so long is an outage
     * @param outages    so many of them
     * @param withinMs   in this time
     * @param backMs     clean time above thin-voice's enter threshold before live voice comes back
     */
    public record Notes(
            double belowKbps, double afterMs, double outageMs, int outages, double withinMs, double backMs) {}
}
