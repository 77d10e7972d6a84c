package org.raabta.signaling.http;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brotli (RFC 7932) for what the build could not compress already. */
final class Brotli {
    private static final Logger LOG = LoggerFactory.getLogger(Brotli.class);
    /** As the build does: the page is compressed once and sent for months. */
    private static final Encoder.Parameters BEST = Encoder.Parameters.create(11, 22, Encoder.Mode.TEXT);

    private Brotli() {}

    /** Null where this machine has no encoder: pages then travel with gzip. */
    static byte @Nullable [] compressed(byte[] bytes) {
        if (!Brotli4jLoader.isAvailable()) {
            LOG.warn("no Brotli encoder for this machine: changed pages travel with gzip, a tenth larger");
            return null;
        }
        try {
            return Encoder.compress(bytes, BEST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
