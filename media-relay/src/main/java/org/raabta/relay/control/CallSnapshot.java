package org.raabta.relay.control;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Plan;

/**
 * A call at one moment. Figures that were not measured are empty, never zero.
 *
 * @param legs       in order of arrival
 * @param directions every ordered pair of legs
 * @param drops      packets dropped since the call began, by reason
 */
public record CallSnapshot(List<LegSnapshot> legs, List<DirectionSnapshot> directions, Map<String, Long> drops) {
    /**
     * @param rttMs        round trip of the leg's link
     * @param uplinkKbps   what arrives from the leg, in link bits over the last 2 s
     * @param downlinkKbps what is sent to the leg, in link bits over the last 2 s
     * @param lossUp       share of the leg's packets lost on the way to us, 0 to 1, last report
     * @param lossDown     share of our packets lost on the way to the leg, 0 to 1, last report
     * @param linkBytes    what has passed the leg's link in both directions since it came, everything counted
     * @param up           what its uplink carries, as far as we know
     * @param down         what its downlink carries, as far as we know
     */
    public record LegSnapshot(
            LegId id,
            Role role,
            LegKind kind,
            boolean connected,
            OptionalDouble rttMs,
            OptionalDouble uplinkKbps,
            OptionalDouble downlinkKbps,
            OptionalDouble lossUp,
            OptionalDouble lossDown,
            long linkBytes,
            Estimate up,
            Estimate down) {}

    /** @param kbps what is forwarded in this direction, in link bits over the last 2 s */
    public record DirectionSnapshot(Direction direction, Plan plan, OptionalDouble kbps) {}
}
