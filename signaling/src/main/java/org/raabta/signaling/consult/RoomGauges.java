package org.raabta.signaling.consult;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.signaling.metrics.LadderMeters;
import org.raabta.signaling.metrics.Meters;

/** What one room has added to the server's gauges: each look adds the difference to the last one. Owned by the room. */
final class RoomGauges {
    private final Meters meters;
    private int legs;
    private int calls;
    private Map<LadderMeters.LinkKey, Integer> links = Map.of();
    private Map<LadderMeters.RungKey, Integer> rungs = Map.of();

    RoomGauges(Meters meters) {
        this.meters = meters;
    }

    void changed(ConsultView view) {
        int nowLegs = view.legs().size();
        int nowCalls = view.state() == ConsultState.CALL ? 1 : 0;
        meters.add(Meters.Gauge.LEGS, nowLegs - legs);
        meters.add(Meters.Gauge.CALLS, nowCalls - calls);
        legs = nowLegs;
        calls = nowCalls;
    }

    void looked(List<Notice.DirectionFigures> directions, CallSnapshot snapshot) {
        Map<LadderMeters.LinkKey, Integer> nowLinks = new HashMap<>();
        for (CallSnapshot.LegSnapshot leg : snapshot.legs()) {
            if (leg.connected()) {
                look(LadderMeters.Way.UP, leg.up(), nowLinks);
                look(LadderMeters.Way.DOWN, leg.down(), nowLinks);
            }
        }
        Map<LadderMeters.RungKey, Integer> nowRungs = new HashMap<>();
        for (Notice.DirectionFigures direction : directions) {
            nowRungs.merge(
                    new LadderMeters.RungKey(
                            direction.name(),
                            direction.figures().plan().decision().rung()),
                    1,
                    Integer::sum);
        }
        differences(links, nowLinks, meters.ladder()::add);
        differences(rungs, nowRungs, meters.ladder()::add);
        links = nowLinks;
        rungs = nowRungs;
    }

    /** The room is no more, or its call is. */
    void cleared() {
        looked(List.of(), new CallSnapshot(List.of(), List.of(), Map.of()));
    }

    private void look(LadderMeters.Way way, Estimate estimate, Map<LadderMeters.LinkKey, Integer> counts) {
        counts.merge(new LadderMeters.LinkKey(way, estimate.state()), 1, Integer::sum);
        if (estimate.confidence() != Confidence.NONE) {
            meters.ladder().estimated(way, estimate.kbps());
        }
    }

    private static <K> void differences(Map<K, Integer> before, Map<K, Integer> now, BiConsumer<K, Integer> add) {
        Set<K> keys = new HashSet<>(before.keySet());
        keys.addAll(now.keySet());
        for (K key : keys) {
            int difference = now.getOrDefault(key, 0) - before.getOrDefault(key, 0);
            if (difference != 0) {
                add.accept(key, difference);
            }
        }
    }
}
