package org.raabta.signaling.consult;

import org.raabta.relay.control.LegId;
import org.raabta.relay.control.SocketBytes;
import org.raabta.signaling.http.BodyPace;

/** What a page loads beside its call: no more than the call leaves, and counted, for it shares the link's queue with speech. */
record LoadPace(Room room, Beside beside, LegId leg) implements BodyPace {
    @Override
    public double kbps() {
        return beside.spareKbps(leg);
    }

    @Override
    public void moved(int up, int down) {
        SocketBytes bytes = new SocketBytes(up, down, false);
        room.submit(inside -> inside.moved(leg, bytes));
    }
}
