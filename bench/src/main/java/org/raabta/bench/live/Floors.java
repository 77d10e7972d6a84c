package org.raabta.bench.live;

import java.util.OptionalDouble;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection;

/** What a link's physics allow at best: figures are shown beside them. */
final class Floors {
    /** One voice packet of 20 ms with all its headers. */
    private static final int VOICE_BYTES = 120;

    private Floors() {}

    /** From the doctor's click until both have heard: the way of the longer direction and one packet on it. */
    static OptionalDouble admitToAudioMs(Link link) {
        OptionalDouble up = oneWayMs(link.start().up());
        OptionalDouble down = oneWayMs(link.start().down());
        return up.isPresent() && down.isPresent()
                ? OptionalDouble.of(Math.max(up.getAsDouble(), down.getAsDouble()))
                : OptionalDouble.empty();
    }

    private static OptionalDouble oneWayMs(LinkDirection direction) {
        OptionalDouble rate = direction.rate().usualBitsPerSecond();
        return rate.isPresent()
                ? OptionalDouble.of(direction.baseDelay().toMillis() + VOICE_BYTES * 8000 / rate.getAsDouble())
                : OptionalDouble.empty();
    }
}
