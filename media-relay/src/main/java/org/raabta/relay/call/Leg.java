package org.raabta.relay.call;

import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.LegId;

/** One leg: who it is, what it wants, and its two directions. Only {@link Call} holds legs. */
final class Leg {
    final LegId id;
    final Person person;
    final Uplink uplink;
    final Downlink downlink;
    final RoundTrip roundTrip = new RoundTrip();
    final EstimateRelay estimates = new EstimateRelay();
    final RtcpSchedule rtcp;
    boolean camera;
    boolean voiceOnly;

    Leg(
            LegId id,
            Person person,
            CallOutput out,
            Drops drops,
            SplittableRandom random,
            WallClock wallClock,
            long nowNanos) {
        this.id = id;
        this.person = person;
        this.uplink = new Uplink(drops, wallClock, nowNanos);
        this.downlink = new Downlink(id, out, drops, random, wallClock);
        this.rtcp = new RtcpSchedule(this, wallClock, nowNanos);
    }

    CallSnapshot.LegSnapshot snapshot(long nowNanos) {
        return new CallSnapshot.LegSnapshot(
                id,
                person.role(),
                person.kind(),
                downlink.connected(),
                roundTrip.known() ? OptionalDouble.of(roundTrip.nanos() / 1e6) : OptionalDouble.empty(),
                uplink.rate().kbps(nowNanos),
                downlink.rate().kbps(nowNanos),
                rtcp.uplinkExpected() > 0
                        ? OptionalDouble.of((double) rtcp.uplinkLost() / rtcp.uplinkExpected())
                        : OptionalDouble.empty(),
                downlink.loss(),
                org.raabta.adapter.Estimate.UNKNOWN,
                org.raabta.adapter.Estimate.UNKNOWN);
    }
}
