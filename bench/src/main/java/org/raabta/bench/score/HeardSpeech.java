package org.raabta.bench.score;

import java.util.OptionalDouble;

/** ESTOI of received speech: each stretch of what was said against what was heard one delay later. */
public final class HeardSpeech {
    private HeardSpeech() {}

    /**
     * Over what was said in the call and could still be heard before the recording ended. Speech that never came is compared
     * with what was played in its place. Empty if hardly anything was said.
     */
    public static OptionalDouble estoi(Recording sent, Recording received, DelayTrack track, Span call) {
        double lastDelayMs = track.delayOfSentMs(Double.MAX_VALUE);
        double endMs = Math.min(Math.min(call.toMs(), received.endMs()) - lastDelayMs, sent.endMs());
        // What was said up to one delay before the call began may be heard in it and belongs to the waiting room.
        double lengthMs = endMs - call.fromMs();
        if (lengthMs <= 0) {
            return OptionalDouble.empty();
        }
        Recording heard = received.atRate(Estoi.RATE_HZ);
        int count = (int) (lengthMs * Estoi.RATE_HZ / 1000);
        double[] clean = sent.atRate(Estoi.RATE_HZ).slice(call.fromMs(), count);
        double[] aligned = new double[count];
        int hop = Estoi.RATE_HZ / 100;
        for (int from = 0; from < count; from += hop) {
            double sentMs = call.fromMs() + from * 1000.0 / Estoi.RATE_HZ;
            int index = heard.indexAt(sentMs + track.delayOfSentMs(sentMs + 5));
            for (int i = from; i < Math.min(count, from + hop); i++) {
                aligned[i] = heard.sample(index + i - from);
            }
        }
        return new Estoi().of(clean, aligned);
    }
}
