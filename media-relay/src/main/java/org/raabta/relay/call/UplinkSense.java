package org.raabta.relay.call;

import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.estimate.CapacityEstimator;
import org.raabta.adapter.estimate.EstimatorSettings;

/**
 * What a leg's uplink carries, from what arrives here. Speech is the clock: its timestamps say when it was spoken, nothing
 * holds it back at the sender, and pictures share its queue.
 *
 * <pre>
 * every packet -> bytes so far --+
 * audio packet -> end of its speech (timestamp + length) and arrival -> CapacityEstimator
 * lost / expected of the audio stream, each second -------------------^
 * </pre>
 */
final class UplinkSense {
    /** The sender's own pauses and those of the link look alike but for what else came meanwhile. */
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private static final long LOSS_INTERVAL_NANOS = 1_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int AUDIO_HZ = 48_000;

    private final CapacityEstimator estimator;
    private long linkBytes;
    private @Nullable UplinkStream stream;
    private int lastTimestamp;
    private long speechNanos;
    private long lastSpokenNanos;
    private long lastAudioNanos;
    /** When the first other packet came that a stall of the link does not explain; {@link Deadlines#NONE} if none has. */
    private long aliveNanos = Deadlines.NONE;

    private long lossNanos;
    private long expectedBefore;
    private long receivedBefore;

    UplinkSense(EstimatorSettings settings, long nowNanos) {
        this.estimator = new CapacityEstimator(settings, nowNanos);
        this.lossNanos = nowNanos;
        this.lastAudioNanos = nowNanos;
    }

    CapacityEstimator estimator() {
        return estimator;
    }

    Estimate estimate() {
        return estimator.estimate();
    }

    void hint(double kbps, Confidence confidence) {
        estimator.hint(kbps, confidence);
    }

    /** Anything at all came from the leg. */
    void onBytes(int bytes, long nowNanos) {
        linkBytes += bytes;
        estimator.onSign(nowNanos);
    }

    /** So much must have come if all is well, as acknowledgements of what was sent. A link that is cut says nothing else. */
    void onReckoned(int bytes) {
        linkBytes += bytes;
    }

    /** Something came that is not speech. */
    void onOther(long nowNanos) {
        if (aliveNanos == Deadlines.NONE && nowNanos - lastAudioNanos > PAUSE_NANOS / 2) {
            aliveNanos = nowNanos;
        }
    }

    /** @param speechTicks length of the packet's speech at 48 kHz */
    void onAudio(UplinkStream from, int timestamp, int speechTicks, long nowNanos) {
        if (stream != from) {
            expectedBefore = from.statistics().expected();
            receivedBefore = from.statistics().received();
            goOn(speechTicks, nowNanos);
            stream = from;
        } else {
            long spokenNanos = nanosOf(timestamp - lastTimestamp);
            speechNanos += spokenNanos;
            // A clock that ran on through the pause (silence that was left out) tells of the queue as before.
            boolean stood = spokenNanos < (nowNanos - lastAudioNanos) / 2;
            if (stood && senderPaused(nowNanos)) {
                goOn(speechTicks, nowNanos);
            }
        }
        lastTimestamp = timestamp;
        lastAudioNanos = nowNanos;
        aliveNanos = Deadlines.NONE;
        lastSpokenNanos = speechNanos + nanosOf(speechTicks);
        estimator.onTimed(lastSpokenNanos, nowNanos, linkBytes, nowNanos);
        countLoss(from, nowNanos);
    }

    /** The sender's clock begins anew or has stood still: it is taken to have run on, as if this packet took as long as the last. */
    private void goOn(int speechTicks, long nowNanos) {
        speechNanos = lastSpokenNanos + nowNanos - lastAudioNanos - nanosOf(speechTicks);
    }

    private static long nanosOf(int ticks) {
        return ticks * (NANOS_PER_SECOND / 1000) / (AUDIO_HZ / 1000);
    }

    /** No speech for long, yet the link was alive: the sender was muted, and its clock may have stood still. */
    private boolean senderPaused(long nowNanos) {
        // What stood in a stall comes together with the speech that stood there.
        return nowNanos - lastAudioNanos > PAUSE_NANOS
                && aliveNanos != Deadlines.NONE
                && nowNanos - aliveNanos > PAUSE_NANOS / 4;
    }

    private void countLoss(UplinkStream from, long nowNanos) {
        if (nowNanos - lossNanos < LOSS_INTERVAL_NANOS) {
            return;
        }
        lossNanos = nowNanos;
        long expected = from.statistics().expected() - expectedBefore;
        long received = from.statistics().received() - receivedBefore;
        expectedBefore += expected;
        receivedBefore += received;
        if (expected > 0) {
            estimator.onLoss((int) Math.max(0, expected - received), (int) expected, nowNanos);
        }
    }
}
