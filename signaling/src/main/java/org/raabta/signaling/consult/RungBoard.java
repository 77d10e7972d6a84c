package org.raabta.signaling.consult;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.raabta.adapter.Decision;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;

/** The rung of every direction as the relay last said, and what each page was last told. Owned by the room. */
final class RungBoard {
    private final Map<Direction, Decision> decisions = new HashMap<>();
    private final Map<LegId, Notice.Rungs> told = new HashMap<>();

    /** What was decided before, if anything. */
    Optional<Decision> decided(Direction direction, Decision decision) {
        return Optional.ofNullable(decisions.put(direction, decision));
    }

    void forget(LegId leg) {
        decisions
                .keySet()
                .removeIf(direction ->
                        direction.sender().equals(leg) || direction.receiver().equals(leg));
        told.remove(leg);
    }

    /** A page that came back knows nothing. */
    void forgetTold(LegId leg) {
        told.remove(leg);
    }

    void clear() {
        decisions.clear();
    }

    /**
     * What to tell the page of {@code leg}, if it is news.
     *
     * @param reasons whether another reason for the same rung is news too: not worth the bytes of a patient's link
     */
    Optional<Notice.Rungs> news(LegId leg, boolean admitted, boolean reasons) {
        Notice.Rungs now = admitted
                ? new Notice.Rungs(
                        best(direction -> direction.sender().equals(leg)),
                        best(direction -> direction.receiver().equals(leg)))
                : new Notice.Rungs(Optional.empty(), Optional.empty());
        Notice.Rungs before = told.get(leg);
        boolean known = before != null && (reasons ? before.equals(now) : sameRungs(before, now));
        if (known) {
            return Optional.empty();
        }
        told.put(leg, now);
        return Optional.of(now);
    }

    private static boolean sameRungs(Notice.Rungs one, Notice.Rungs other) {
        return one.up().map(Decision::rung).equals(other.up().map(Decision::rung))
                && one.down().map(Decision::rung).equals(other.down().map(Decision::rung));
    }

    /** With several people the best one counts: what a page sends is what its luckiest hearer gets. */
    private Optional<Decision> best(Predicate<Direction> which) {
        return decisions.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .min(Comparator.comparing(Decision::rung).thenComparing(Decision::reason));
    }
}
