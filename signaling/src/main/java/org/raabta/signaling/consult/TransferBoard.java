package org.raabta.signaling.consult;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.TransferRoom;

/** What the relay says about transfers: how much of each leg's link they may use, and pictures that wait for a receiver. */
final class TransferBoard {
    private final Map<LegId, TransferRoom> rooms = new HashMap<>();
    /** The newest that nobody has begun to send, by receiver. */
    private final Map<LegId, FromVideo> stills = new HashMap<>();

    /** @param sender whose video it was taken from */
    record FromVideo(LegId sender, StillPicture picture) {}

    void room(LegId leg, TransferRoom room) {
        rooms.put(leg, room);
    }

    /** Nothing before the relay has spoken: a transfer waits until then. */
    Optional<TransferRoom> room(LegId leg) {
        return Optional.ofNullable(rooms.get(leg));
    }

    /** A newer picture takes the place of one that was not sent. */
    void still(LegId sender, LegId receiver, StillPicture picture) {
        stills.put(receiver, new FromVideo(sender, picture));
    }

    Optional<FromVideo> takeStill(LegId receiver) {
        return Optional.ofNullable(stills.remove(receiver));
    }

    void forget(LegId leg) {
        rooms.remove(leg);
        stills.remove(leg);
        stills.values().removeIf(still -> still.sender().equals(leg));
    }

    /** The relay begins anew. */
    void clear() {
        rooms.clear();
        stills.clear();
    }
}
