package org.raabta.relay.codec;

import com.sun.jna.Platform;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;
import org.raabta.adapter.AudioPlan;
import org.raabta.relay.call.AudioTranscoder;

/**
 * libopus, loaded once per process: two builds of it in one process mix their symbols. Makes encoders, decoders and
 * transcoders, and keeps account of their native memory. Thread-safe; what it makes is not.
 */
public final class OpusLibrary implements AudioTranscoder.Factory {
    /** What came of loading. */
    private sealed interface Attempt {
        record Loaded(OpusLibrary library) implements Attempt {}

        record Failed(OpusUnavailable why) implements Attempt {}
    }

    private static final class Once {
        static final Attempt ATTEMPT = attempt();
    }

    private final Libopus.Controls controls;
    private final Cleaner cleaner = Cleaner.create();
    private final AtomicLong nativeBytes = new AtomicLong();
    private final AtomicLong leaked = new AtomicLong();

    private OpusLibrary(Libopus.Controls controls) {
        this.controls = controls;
    }

    /** The library of this process; the first call loads it, and what came of that stays. */
    public static OpusLibrary load() throws OpusUnavailable {
        if (Once.ATTEMPT instanceof Attempt.Loaded loaded) {
            return loaded.library();
        }
        throw ((Attempt.Failed) Once.ATTEMPT).why();
    }

    private static Attempt attempt() {
        try {
            return new Attempt.Loaded(new OpusLibrary(NativeLoader.load(Platform.RESOURCE_PREFIX)));
        } catch (OpusUnavailable why) {
            return new Attempt.Failed(why);
        }
    }

    public String version() {
        return Libopus.opus_get_version_string();
    }

    @Override
    public Transcoder transcoder(AudioPlan plan) {
        OpusDecoder decoder = decoder();
        try {
            return new Transcoder(decoder, encoder(), plan);
        } catch (RuntimeException | Error failed) {
            decoder.close();
            throw failed;
        }
    }

    OpusDecoder decoder() {
        return new OpusDecoder(new NativeBlock(OpusDecoder.nativeSize(), cleaner, nativeBytes, leaked), controls);
    }

    /** To be closed by who asks for it. */
    public OpusEncoder encoder() {
        return new OpusEncoder(new NativeBlock(OpusEncoder.nativeSize(), cleaner, nativeBytes, leaked), controls);
    }

    /** Bytes that encoders and decoders hold now. */
    public long nativeBytes() {
        return nativeBytes.get();
    }

    /** How many encoders and decoders were collected without having been closed, since the start. */
    public long leaked() {
        return leaked.get();
    }
}
