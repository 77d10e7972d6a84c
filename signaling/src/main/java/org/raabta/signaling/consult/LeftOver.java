package org.raabta.signaling.consult;

import org.raabta.adapter.Estimate;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.LegId;
import org.raabta.signaling.transfer.LinkRoom;

/** What the voice (and the moving picture) of a call leave over of a leg's link, as far as the call's figures tell. */
final class LeftOver {
    /** Never planned for. */
    private static final double MARGIN = 0.05;
    /** RTCP, checks and the socket's own words. */
    private static final double OVERHEAD_KBPS = 1.5;

    private static final double LEAST_KBPS = 1;
    /** Nothing is proven yet: so little that a GPRS uplink bears it, and enough to prove something. */
    private static final double FIRST_KBPS = 3;

    private static final double PAUSE_QUEUE_MS = 150;

    private LeftOver() {}

    static LinkRoom of(CallSnapshot.LegSnapshot leg, CallSnapshot snapshot) {
        if (!leg.connected()) {
            return LinkRoom.NO_CALL;
        }
        double up = 0;
        double down = 0;
        LegId id = leg.id();
        for (CallSnapshot.DirectionSnapshot direction : snapshot.directions()) {
            if (direction.direction().sender().equals(id)) {
                up = Math.max(up, planned(direction));
            } else if (direction.direction().receiver().equals(id)) {
                down += planned(direction);
            }
        }
        return new LinkRoom(way(leg.up(), up), way(leg.down(), down), leg.rttMs().orElse(0));
    }

    private static LinkRoom.Way way(Estimate link, double plannedKbps) {
        if (link.state() == Estimate.State.SILENT) {
            return LinkRoom.Way.paused("silent");
        }
        boolean queue = link.state() == Estimate.State.OVERUSED || link.state() == Estimate.State.SEVERE;
        if (queue || link.queueMs() > PAUSE_QUEUE_MS) {
            return LinkRoom.Way.paused("queue");
        }
        if (link.kbps() <= 0) {
            return new LinkRoom.Way(FIRST_KBPS, "");
        }
        double left = link.kbps() * (1 - MARGIN) - plannedKbps - OVERHEAD_KBPS;
        return left < LEAST_KBPS ? LinkRoom.Way.paused("voice") : new LinkRoom.Way(Math.round(left * 10) / 10.0, "");
    }

    private static double planned(CallSnapshot.DirectionSnapshot direction) {
        boolean voice = direction.plan().decision().rung().compareTo(org.raabta.adapter.Rung.NOTES) < 0;
        return voice ? direction.plan().audio().wireKbps() + direction.plan().video().maxKbps() : 0;
    }
}
