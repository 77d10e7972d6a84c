package org.raabta.signaling.consult;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.TransferRoom;

/**
 * What each leg's downlink can spare beside the call, for answers that are written by other loops than the room's: the room
 * writes, anybody reads.
 */
final class SpareRates {
    /** While the transport is still under way: its handshake is small and must not wait behind anything. */
    private static final double CONNECTING_KBPS = 16;

    private final Map<LegId, Double> kbps = new ConcurrentHashMap<>();

    void tell(LegId leg, TransferRoom.Way down) {
        kbps.put(leg, down.paused() ? 0 : down.kbps());
    }

    /** Gone, or without media for now. */
    void forget(LegId leg) {
        kbps.remove(leg);
    }

    /** Link bits a second, 0 for nothing. */
    double of(LegId leg) {
        return kbps.getOrDefault(leg, CONNECTING_KBPS);
    }
}
