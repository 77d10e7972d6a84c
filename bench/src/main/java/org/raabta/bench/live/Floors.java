package org.raabta.bench.live;

import java.util.OptionalDouble;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection;

/** What a link's physics allow at best: figures are shown beside them. */
final class Floors {
    /** One voice packet of 20 ms with all its headers. */
    private static final int VOICE_BYTES = 120;

    /** TCP, TLS 1.3 and the request itself: one each before the first byte of a page. */
    private static final int PAGE_ROUND_TRIPS = 3;
    /** TCP, TLS 1.3 and the upgrade. */
    private static final int SOCKET_ROUND_TRIPS = 3;
    /** One short message with the headers of TLS, TCP and IP. */
    private static final int MESSAGE_BYTES = 120;

    private Floors() {}

    /**
     * From opening the link until the page is shown: the round trips, and the bytes at the rate of each direction. A page
     * that came out of the browser's own store had no way to go.
     */
    static OptionalDouble pageMs(Link link, long bytesDown, long bytesUp) {
        if (bytesDown == 0) {
            return OptionalDouble.of(0);
        }
        OptionalDouble down = link.start().down().rate().usualBitsPerSecond();
        OptionalDouble up = link.start().up().rate().usualBitsPerSecond();
        return down.isPresent() && up.isPresent()
                ? OptionalDouble.of(
                        PAGE_ROUND_TRIPS * link.start().baseRoundTrip().toMillis()
                                + bytesDown * 8000 / down.getAsDouble()
                                + bytesUp * 8000 / up.getAsDouble())
                : OptionalDouble.empty();
    }

    /**
     * From opening the link until the server counts the patient as waiting: TCP, TLS 1.3 and the page's request, the bytes that
     * came down, a round trip for the socket on the same connection, and one message up. What goes up meanwhile goes beside it.
     */
    static OptionalDouble coldMs(Link link, long bytesDown) {
        OptionalDouble down = link.start().down().rate().usualBitsPerSecond();
        OptionalDouble message = oneWayMs(link.start().up(), MESSAGE_BYTES);
        return down.isPresent() && message.isPresent()
                ? OptionalDouble.of(
                        (PAGE_ROUND_TRIPS + 1) * link.start().baseRoundTrip().toMillis()
                                + bytesDown * 8000 / down.getAsDouble()
                                + message.getAsDouble())
                : OptionalDouble.empty();
    }

    /**
     * From the tap on join until the server has heard of it: one message up, once the socket is open.
     *
     * @param afterPageMs how long before the tap the page was there: as long its socket had to open
     */
    static OptionalDouble waitingMs(Link link, double afterPageMs) {
        OptionalDouble message = oneWayMs(link.start().up(), MESSAGE_BYTES);
        double socketMs = SOCKET_ROUND_TRIPS * link.start().baseRoundTrip().toMillis();
        return message.isPresent()
                ? OptionalDouble.of(Math.max(0, socketMs - afterPageMs) + message.getAsDouble())
                : OptionalDouble.empty();
    }

    /** From the doctor's click until both have heard: the way of the longer direction and one packet on it. */
    static OptionalDouble admitToAudioMs(Link link) {
        OptionalDouble up = oneWayMs(link.start().up(), VOICE_BYTES);
        OptionalDouble down = oneWayMs(link.start().down(), VOICE_BYTES);
        return up.isPresent() && down.isPresent()
                ? OptionalDouble.of(Math.max(up.getAsDouble(), down.getAsDouble()))
                : OptionalDouble.empty();
    }

    private static OptionalDouble oneWayMs(LinkDirection direction, int bytes) {
        OptionalDouble rate = direction.rate().usualBitsPerSecond();
        return rate.isPresent()
                ? OptionalDouble.of(direction.baseDelay().toMillis() + bytes * 8000 / rate.getAsDouble())
                : OptionalDouble.empty();
    }
}
