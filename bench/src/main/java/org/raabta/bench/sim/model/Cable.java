package org.raabta.bench.sim.model;

import org.raabta.bench.emulator.EmulatedLink;
import org.raabta.bench.emulator.Fate;
import org.raabta.bench.emulator.Transport;
import org.raabta.bench.emulator.Way;

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

    /** A local network: nothing is lost and nothing waits. */
    record Lan(long delayNanos) implements Cable {
        @Override
        public long arrivalNanos(Way way, Transport transport, int ipBytes, long nowNanos) {
            return nowNanos + delayNanos;
        }
    }

    record Thin(EmulatedLink link) implements Cable {
        @Override
        public long arrivalNanos(Way way, Transport transport, int ipBytes, long nowNanos) {
            Fate fate = link.offer(way, transport, ipBytes, nowNanos);
            return fate instanceof Fate.Delivered delivered ? delivered.atNanos() : NEVER;
        }
    }
}
