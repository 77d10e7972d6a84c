package org.raabta.bench.sim.model;

import org.raabta.bench.emulator.EmulatedLink;
import org.raabta.bench.emulator.Fate;
import org.raabta.bench.emulator.Transport;
import org.raabta.bench.emulator.Way;
import org.raabta.bench.link.Link;

/** What lies between a browser and the relay. */
sealed interface Cable {
    /** The arrival of what is lost. */
    long NEVER = Long.MAX_VALUE;

    /**
     * When a packet that is sent now arrives, or {@link #NEVER}.
     *
     * @param way     as the browser sees it
     * @param ipBytes with the IP header
     */
    long arrivalNanos(Way way, Transport transport, int ipBytes, long nowNanos);

    /** What the transport's checks measure while nothing else is under way. */
    long roundTripNanos();

    /** A local network: nothing is lost and nothing waits. */
    record Lan(long delayNanos) implements Cable {
        @Override
        public long arrivalNanos(Way way, Transport transport, int ipBytes, long nowNanos) {
            return nowNanos + delayNanos;
        }

        @Override
        public long roundTripNanos() {
            return 2 * delayNanos;
        }
    }

    record Thin(EmulatedLink link) implements Cable {
        @Override
        public long arrivalNanos(Way way, Transport transport, int ipBytes, long nowNanos) {
            Fate fate = link.offer(way, transport, ipBytes, nowNanos);
            return fate instanceof Fate.Delivered delivered ? delivered.atNanos() : NEVER;
        }

        @Override
        public long roundTripNanos() {
            Link.Conditions start = link.link().start();
            return start.up().baseDelay().plus(start.down().baseDelay()).toNanos();
        }
    }
}
