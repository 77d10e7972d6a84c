package org.raabta.relay.call;

import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Estimate.State;
import org.raabta.adapter.estimate.CapacityEstimator;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.control.TransferRoom;
import org.raabta.relay.control.TransferRoom.Pause;
import org.raabta.relay.control.Transfers;

/**
 * What one leg's transfers may use: what its estimates leave beside the call's own plans. Speech is never planned smaller for
 * them than its rung says, so a budget that is kept takes no bit of it.
 */
final class TransferBudget {
    /** A queue of this much is felt in the talk: nothing more is added to it (design/links-and-ladder.md, section 7). */
    private static final double PAUSE_QUEUE_MS = 150;

    private static final double RESUME_QUEUE_MS = 100;

    /** Speech comes every 120 ms, in a pause every 400: when it stays out for so long something stands before it already. */
    private static final double OVERDUE_MS = 700;

    /** And after so long none was to come: a page without a microphone sends its photo all the same. */
    private static final double ABSENT_MS = 5_000;

    /** Never spent: estimates are rounded up and headers change. Less than for pictures, for a chunk can be held back. */
    private static final double MARGIN = 0.05;

    /** ICE checks, reports, sparse feedback (default.profile, rung.voice.overhead). */
    private static final double OVERHEAD_KBPS = 1.3;

    /** Where nothing is known yet, so much is no risk: half of the thinnest link. */
    private static final double UNKNOWN_KBPS = 6;

    /**
     * Of a link that is remembered and that nothing has flowed over yet, while nobody speaks: half of GPRS, or a share of what is
     * remembered. If that was another link no voice waits behind it.
     */
    private static final double WAITING_KBPS = 16;

    private static final double WAITING_SHARE = 0.25;

    /** Less is nothing: a chunk would take seconds, and the voice grows into it. */
    private static final double LEAST_KBPS = 0.8;

    /** A chunk with its headers. */
    private static final int CHUNK_BYTES = 500;

    /** At most so often, but for a pause and a fall. */
    private static final long INTERVAL_NANOS = 250_000_000L;

    private static final double FALL_SHARE = 0.7;
    private static final double WORTH_SHARE = 0.1;
    private static final double WORTH_KBPS = 0.3;

    private final UplinkSense up;
    private final DownlinkSense down;
    private final Profile.Growth growth;
    private final RateMeter upSocket = new RateMeter();
    private final RateMeter downSocket = new RateMeter();
    private Transfers transfers = Transfers.NONE;
    private @Nullable TransferRoom told;
    private long toldNanos;

    TransferBudget(UplinkSense up, DownlinkSense down, Profile.Growth growth) {
        this.up = up;
        this.down = down;
        this.growth = growth;
    }

    /**
     * What the plans of one way let flow (link kbps).
     *
     * @param callKbps  speech and moving pictures
     * @param stillKbps single pictures, which are transfers and yet planned
     */
    record Planned(double callKbps, double stillKbps) {
        double kbps() {
            return callKbps + stillKbps;
        }
    }

    void setTransfers(Transfers transfers) {
        this.transfers = transfers;
    }

    Transfers transfers() {
        return transfers;
    }

    void onSocketBytes(int upBytes, int downBytes, long nowNanos) {
        upSocket.add(upBytes, nowNanos);
        downSocket.add(downBytes, nowNanos);
    }

    /** What flows of transfers from the leg; nothing where none is under way. */
    double upFlowKbps(long nowNanos) {
        return transfers.up().wantsRest() ? upSocket.kbps(nowNanos).orElse(0) : 0;
    }

    double downFlowKbps(long nowNanos) {
        return transfers.down().wantsRest() ? downSocket.kbps(nowNanos).orElse(0) : 0;
    }

    /**
     * What is to be said now, or null if what was said still serves.
     *
     * @param sent     what the plans let the leg send
     * @param received what they let it receive
     * @param hasFloor     it speaks in push-to-talk: its uplink is for that
     */
    @Nullable
    TransferRoom consider(Planned sent, Planned received, boolean hasFloor, double rttMs, long nowNanos) {
        TransferRoom before = told;
        boolean full = !down.estimator().mayTransmit(CHUNK_BYTES, nowNanos);
        double ageMs = up.estimate().ageMs();
        boolean late = sent.callKbps() > 0 && ageMs > OVERDUE_MS && ageMs < ABSENT_MS;
        // Beyond what a link was seen to carry a transfer is a trial, as a step of speech is one.
        double trial = growth.trialFactor(rttMs);
        double upMost = trial * Math.max(up.estimator().provenKbps(), sent.kbps() + OVERHEAD_KBPS);
        double downMost = trial * Math.max(down.estimator().provenKbps(), received.kbps() + OVERHEAD_KBPS);
        TransferRoom.Way upWay =
                way(up.estimator(), upMost, sent.callKbps(), before == null ? null : before.up(), late);
        if (hasFloor && !upWay.paused()) {
            upWay = new TransferRoom.Way(0, Pause.FLOOR);
        }
        TransferRoom.Way downWay =
                way(down.estimator(), downMost, received.callKbps(), before == null ? null : before.down(), full);
        if (before != null && !news(before, upWay, downWay, nowNanos)) {
            return null;
        }
        told = new TransferRoom(upWay, downWay, rttMs);
        toldNanos = nowNanos;
        return told;
    }

    private boolean news(TransferRoom before, TransferRoom.Way upWay, TransferRoom.Way downWay, long nowNanos) {
        boolean urgent = falls(before.up(), upWay) || falls(before.down(), downWay);
        boolean differs = differs(before.up(), upWay) || differs(before.down(), downWay);
        return urgent || (differs && nowNanos - toldNanos >= INTERVAL_NANOS);
    }

    /** So much less, or nothing, that the voice would feel a quarter of a second of the old rate. */
    private static boolean falls(TransferRoom.Way was, TransferRoom.Way is) {
        return !was.paused() && (is.paused() || is.kbps() < FALL_SHARE * was.kbps());
    }

    private static boolean differs(TransferRoom.Way was, TransferRoom.Way is) {
        double byKbps = Math.abs(is.kbps() - was.kbps());
        return was.pause() != is.pause() || byKbps > Math.max(WORTH_KBPS, WORTH_SHARE * was.kbps());
    }

    private static TransferRoom.Way way(
            CapacityEstimator estimator,
            double mostKbps,
            double callKbps,
            TransferRoom.@Nullable Way before,
            boolean waits) {
        Estimate estimate = estimator.estimate();
        State state = estimate.state();
        boolean wasPaused = before != null && before.pause() == Pause.QUEUE;
        double limitMs = wasPaused ? RESUME_QUEUE_MS : PAUSE_QUEUE_MS;
        boolean queue = state == State.SEVERE || waits || estimate.queueMs() > limitMs;
        boolean known = estimate.confidence() != Confidence.NONE;
        // A rate that has risen past the last full link says no more of where this one is full than one that never was.
        boolean measured = estimate.confidence() == Confidence.HIGH && estimator.fullKnown();
        double heldKbps = estimator.elasticKbps() * (1 - MARGIN);
        double triedKbps =
                callKbps > 0 ? mostKbps : Math.max(mostKbps, Math.max(WAITING_KBPS, WAITING_SHARE * heldKbps));
        double linkKbps = measured ? heldKbps : Math.min(heldKbps, triedKbps);
        double kbps = known ? linkKbps - callKbps - OVERHEAD_KBPS : UNKNOWN_KBPS;
        Pause pause = state == State.SILENT
                ? Pause.SILENT
                : queue ? Pause.QUEUE : kbps < LEAST_KBPS ? Pause.VOICE : Pause.NONE;
        return new TransferRoom.Way(Math.max(0, kbps), pause);
    }
}
