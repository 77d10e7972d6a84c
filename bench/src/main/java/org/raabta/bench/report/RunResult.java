package org.raabta.bench.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run, as {@code result.json} holds it. Null is not measured. Times are milliseconds since the doctor's admit where
 * nothing else is said.
 *
 * @param partial the run ended before its time; what it measured until then is here
 * @param floorMs what the link's physics allow at best for the recovery that this link is about
 */
public record RunResult(
        int schema,
        boolean partial,
        String system,
        @Nullable String version,
        @Nullable String commit,
        @Nullable Long seed,
        String link,
        @Nullable String profile,
        String scenario,
        double seconds,
        @Nullable Double floorMs,
        @Nullable Machine machine,
        Map<String, DirectionResult> directions,
        @Nullable Join join,
        @Nullable Browsers browsers) {
    public static final int SCHEMA = 1;
    public static final String UP = "patient>doctor";
    public static final String DOWN = "doctor>patient";

    /** What the two people used, as those programs call themselves. */
    public record Browsers(String patient, String doctor) {}

    /**
     * The load of the machine that the run was made on.
     *
     * @param cpuBusy share of all processors' time, 0..1
     * @param lostAudioMs audio time that the browsers' own audio threads did not get
     */
    public record Machine(
            @Nullable Double cpuBusy, @Nullable Double lostAudioMs) {
        private static final double MOST_BUSY = 0.95;
        private static final double MOST_LOST_SHARE = 0.005;

        /** Whether the machine itself may have broken the sound: then the run says nothing about the link. */
        public boolean starved(double seconds) {
            boolean lost = lostAudioMs != null && lostAudioMs > MOST_LOST_SHARE * seconds * 1000;
            return lost || (cpuBusy != null && cpuBusy > MOST_BUSY);
        }
    }

    /**
     * How the call came about. Each time has beside it what the link's round trips and rate allow at best.
     *
     * @param pageMs         from opening the link to the page being shown
     * @param pageFloorMs    for the bytes that came until then
     * @param waitingMs      from the tap on join until the server counts the patient as waiting
     * @param coldMs         from opening the link until the server counts the patient as waiting, the tap included
     * @param coldFloorMs    for the bytes that came down until then
     * @param admitToAudioMs until both have heard
     * @param floorMs        beside {@code admitToAudioMs}
     */
    public record Join(
            @Nullable Long bytesDown,
            @Nullable Long bytesUp,
            @Nullable Integer requests,
            @Nullable Double pageMs,
            @Nullable Double waitingMs,
            @Nullable Double admitToAudioMs,
            @Nullable Double floorMs,
            @Nullable Double pageFloorMs,
            @Nullable Double waitingFloorMs,
            @Nullable Double coldMs,
            @Nullable Double coldFloorMs) {}

    /** Whether the load of the machine makes this run worthless. */
    public boolean starved() {
        return machine != null && machine.starved(seconds);
    }
}
