package org.raabta.relay.call;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.AudioPlan;

/** The transcoders of a process, as many as its processors can run: speech of the calls there are goes before more of them. Thread-safe. */
public final class TranscoderPool {
    /** A decision, not a measurement: none may cost more than a fortieth of a core (docs/adr/0009). */
    private static final int PER_CORE = 40;

    private final AudioTranscoder.@Nullable Factory factory;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    private TranscoderPool(AudioTranscoder.@Nullable Factory factory, int most) {
        this.factory = factory;
        this.most = most;
    }

    /** For a process without a codec: nothing is ever asked of it. */
    public static TranscoderPool none() {
        return new TranscoderPool(null, 0);
    }

    public static TranscoderPool forCores(AudioTranscoder.Factory factory, int cores) {
        return new TranscoderPool(factory, PER_CORE * cores);
    }

    /** Whether this process can transcode at all. */
    boolean available() {
        return factory != null;
    }

    /** One for this plan, to be given back by {@link #close}; null if as many are open as may be. */
    @Nullable
    AudioTranscoder open(AudioPlan plan) {
        if (factory == null) {
            return null;
        }
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return null;
        }
        try {
            return factory.transcoder(plan);
        } catch (RuntimeException | Error failed) {
            open.decrementAndGet();
            throw failed;
        }
    }

    void close(AudioTranscoder transcoder) {
        open.decrementAndGet();
        transcoder.close();
    }
}
