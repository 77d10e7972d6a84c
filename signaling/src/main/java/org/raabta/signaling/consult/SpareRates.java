package org.raabta.signaling.consult;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.raabta.relay.control.LegId;
import org.raabta.signaling.transfer.LinkRoom;

/**
 * What each leg's downlink can spare beside the call, for answers that are written by other loops than the room's: the room
 * writes, anybody reads.
 */
final class SpareRates {
    private final Map<LegId, Double> kbps = new ConcurrentHashMap<>();

    void tell(LegId leg, LinkRoom.Way down) {
        kbps.put(leg, down.kbps());
    }

    /** There is no call on this leg that could be hurt. */
    void free(LegId leg) {
        kbps.remove(leg);
    }

    /** Link bits a second, 0 for nothing, positive infinity if nothing is to be spared; as it is whenever it is asked. */
    DoubleSupplier of(LegId leg) {
        return () -> kbps.getOrDefault(leg, Double.POSITIVE_INFINITY);
    }
}
